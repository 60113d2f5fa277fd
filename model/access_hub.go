package model

import "fmt"

// DeviceEvent says what became of a workstation, in an entry that the hub makes.
type DeviceEvent string

// What may become of a workstation. The words on the wire never change their
// meaning.
const (
	DeviceOldToken      DeviceEvent = "stopped-old-token"    // stopped: copied, or put back
	DeviceEndedCopy     DeviceEvent = "stopped-ended-copy"   // stopped: copied, or restored beside the first
	DeviceManyRestores  DeviceEvent = "stopped-many-backups" // stopped: too many backups brought back
	DeviceTwoInOnePlace DeviceEvent = "stopped-one-place"    // stopped: copied
	DeviceResumed       DeviceEvent = "resumed"              // a person let one copy go on
	DeviceRestored      DeviceEvent = "restored"             // it came back from a backup
	DeviceWithdrawn     DeviceEvent = "withdrawn"
	DeviceErased        DeviceEvent = "erased"
)

var deviceWords = map[DeviceEvent]string{
	DeviceOldToken:      "A workstation was stopped: its data were copied, or put back to an older state",
	DeviceEndedCopy:     "A workstation was stopped: its data were copied, or restored while the first went on",
	DeviceManyRestores:  "A workstation was stopped: it came back from a backup too many times",
	DeviceTwoInOnePlace: "A workstation was stopped: two of its entries claim one place, so its data were copied",
	DeviceResumed:       "One copy of a workstation was let go on",
	DeviceRestored:      "A workstation came back from a backup",
	DeviceWithdrawn:     "A workstation was withdrawn",
	DeviceErased:        "A withdrawn workstation erased its data; everything had been sent",
}

// DeviceEvents lists them.
func DeviceEvents() []DeviceEvent {
	return []DeviceEvent{DeviceOldToken, DeviceEndedCopy, DeviceManyRestores, DeviceTwoInOnePlace,
		DeviceResumed, DeviceRestored, DeviceWithdrawn, DeviceErased}
}

// IsStop tells whether the workstation was stopped until a person decides.
func (e DeviceEvent) IsStop() bool {
	switch e {
	case DeviceOldToken, DeviceEndedCopy, DeviceManyRestores, DeviceTwoInOnePlace:
		return true
	}
	return false
}

// words says what became of a workstation, and with how many entries that were
// never sent.
func (e DeviceEvent) words(unsent uint64) string {
	switch words, known := deviceWords[e]; {
	case e == DeviceErased && unsent == 1:
		return "A withdrawn workstation erased its data; 1 entry had not been sent"
	case e == DeviceErased && unsent > 0:
		return fmt.Sprintf("A withdrawn workstation erased its data; %d entries had not been sent", unsent)
	case known:
		return words
	}
	return AccessDevice.Words() + ": " + string(e)
}

// Suspicion says why the hub refused entries that no honest program sends: a code
// in an entry that the hub makes. It may be a fault, or somebody who attacks.
type Suspicion string

// The suspicions. The words on the wire never change their meaning.
const (
	SuspectSignature Suspicion = "signature" // not signed by who is said to have written it
	SuspectUnknown   Suspicion = "unknown"   // of nobody who works at the site
	SuspectDisabled  Suspicion = "disabled"  // of somebody who is disabled
	SuspectDevice    Suspicion = "device"    // made at another workstation than it came from
	SuspectDamaged   Suspicion = "damaged"   // altered, or moved to another person, part or time
	SuspectOrder     Suspicion = "order"     // replayed, or not in the order of its workstation
	SuspectClock     Suspicion = "clock"     // from the future
	SuspectRights    Suspicion = "rights"    // what the role may not write, or nobody
	SuspectKeyring   Suspicion = "keyring"   // a keyring that is not its owner's, or of nobody here
)

var suspicionWords = map[Suspicion]string{
	SuspectSignature: "not signed by whom they name",
	SuspectUnknown:   "in the name of somebody who does not work here",
	SuspectDisabled:  "in the name of somebody who is disabled",
	SuspectDevice:    "made at another workstation",
	SuspectDamaged:   "altered, or moved to another person or time",
	SuspectOrder:     "out of order, or in the place of others",
	SuspectClock:     "from the future",
	SuspectRights:    "of a kind that their author may not write",
	SuspectKeyring:   "keys that whom they name did not make here",
}

// Suspicions lists them.
func Suspicions() []Suspicion {
	return []Suspicion{SuspectSignature, SuspectUnknown, SuspectDisabled, SuspectDevice, SuspectDamaged, SuspectOrder, SuspectClock, SuspectRights, SuspectKeyring}
}

// words says how many entries were refused and why.
func (s Suspicion) words(many uint64) string {
	why, known := suspicionWords[s]
	if !known {
		why = string(s)
	}
	if many == 1 {
		return "1 entry refused: " + why
	}
	return fmt.Sprintf("%d entries refused: %s", many, why)
}
