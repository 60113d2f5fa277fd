package demo

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/throughgate/throughgate/model"
)

// numbers gives every number once.
type numbers struct {
	rnd  *rand.Rand
	used map[string]bool
}

func newNumbers(rnd *rand.Rand) *numbers { return &numbers{rnd: rnd, used: make(map[string]bool)} }

func (n *numbers) once(draw func() string) string {
	for {
		if s := draw(); s != "" && !n.used[s] {
			n.used[s] = true
			return s
		}
	}
}

// issued are the letters that prison numbers are made of: NOMIS leaves out those
// that look like digits, and U.
const issued = "ACDEFGHJKLMNPQRTVWXYZ"

func (n *numbers) prison() string {
	letter := func() byte { return issued[n.rnd.IntN(len(issued))] }
	return n.once(func() string {
		return fmt.Sprintf("%c%04d%c%c", "AG"[n.rnd.IntN(2)], n.rnd.IntN(10000), letter(), letter())
	})
}

// nhs draws a number of the range 999, which is for testing: nine digits and the
// check digit that fits; for one in eleven there is none.
func (n *numbers) nhsNumber() string {
	return n.once(func() string {
		nine := fmt.Sprintf("999%06d", n.rnd.IntN(1_000_000))
		for check := range 10 {
			if number, err := model.ParseNHSNumber(fmt.Sprintf("%s%d", nine, check)); err == nil {
				return string(number)
			}
		}
		return ""
	})
}

// pnc has the check letter that its year and serial give.
func (n *numbers) pnc(year int) string {
	return n.once(func() string {
		serial := n.rnd.IntN(900_000) + 100
		for _, letter := range "ZABCDEFGHJKLMNPQRTUVWXY" {
			pnc := model.PNC(fmt.Sprintf("%d/%d%c", year, serial, letter))
			if !pnc.Suspicious() {
				return string(pnc)
			}
		}
		return ""
	})
}

func (n *numbers) booking() string {
	return n.once(func() string { return fmt.Sprint(2_900_000 + n.rnd.IntN(90_000)) })
}

func (n *numbers) medicine() model.MedicineID {
	var b [8]byte
	for i := range b {
		b[i] = byte(n.rnd.UintN(256))
	}
	return model.NewMedicineID(b)
}

func (n *numbers) phone() string { return fmt.Sprintf("01632 960%03d", n.rnd.IntN(1000)) } // Ofcom's range for drama

func (n *numbers) cell() string {
	return fmt.Sprintf("%c-%d-%03d", "ABCDE"[n.rnd.IntN(5)], 1+n.rnd.IntN(4), 1+n.rnd.IntN(40))
}

func (n *numbers) street() string {
	return fmt.Sprintf("%d %s %s", 1+n.rnd.IntN(120), pick(n.rnd, strings.Fields("Alder Birch Cedar Elm Hazel Maple Rowan Willow")), pick(n.rnd, []string{"Street", "Road", "Close", "Terrace"}))
}
