package tui

import (
	"github.com/throughgate/throughgate/model"
)

// standing is what may become other while somebody types, as it was when they
// were last told.
type standing struct {
	told      bool // it is of this session
	online    bool
	refused   int
	conflicts int
	alarms    int
	clock     bool
	person    model.PersonID
	last      model.Stamp // of the newest entry in the record that is shown
}

func (p *Plain) observe() standing {
	if !p.app.present() {
		return standing{}
	}
	s := standing{
		told: true, online: p.app.status.Online, refused: p.app.status.Refused,
		conflicts: p.app.tally.n, alarms: p.app.ringing.n, clock: p.app.status.ClockWrong(),
	}
	if subject, ok := p.app.top().(Subject); ok && subject.Subject() != nil {
		s.person, s.last = subject.Subject().ID, lastEntry(subject.Subject())
	}
	return s
}

// hearNews looks, before a line is carried out, whether somebody else has
// changed the record that is shown: afterwards it could have been the line.
func (p *Plain) hearNews() {
	now := p.observe()
	if p.known.told && now.told && now.person == p.known.person && now.last != p.known.last {
		p.note("News: somebody else has changed this record. Type again to hear it as it is.")
	}
}

// sayNews says what has become other and is not of this person's doing.
func (p *Plain) sayNews() {
	was, now, status := p.known, p.observe(), p.app.status
	if !was.told || !now.told {
		return
	}
	if was.online != now.online {
		p.say("News: " + onlineSentence(status, p.app.options.Now()))
	}
	if now.refused > was.refused {
		p.say("News: " + plural(now.refused, "entry is", "entries are") + " refused by the hub. Type find sync to see why.")
	}
	if now.conflicts > was.conflicts {
		p.say("News: " + plural(now.conflicts, "conflict waits", "conflicts wait") + " to be settled. Type find conflicts to see them.")
	}
	if now.alarms > was.alarms {
		p.say("News: " + plural(now.alarms, "alarm", "alarms") + " to ask about. Type find audit to see why.")
	}
	if now.clock && !was.clock {
		p.say("News: " + clockSentence(status.SyncState))
	}
}
