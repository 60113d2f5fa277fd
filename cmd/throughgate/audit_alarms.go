package main

import (
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/throughgate/throughgate/cmd/internal/auditlist"
	"github.com/throughgate/throughgate/model"
)

// alarmDays is how far back alarms are listed when nobody says: a week, so that
// Monday's look takes in the weekend and the days before.
const alarmDays = 7

func auditAlarms(d *data) *cobra.Command {
	who := signIn{data: d}
	var out output
	var since string
	cmd := &cobra.Command{
		Use:   "alarms",
		Short: "Say what a manager should ask about",
		Long: "Say what a manager should ask about: many records opened in little time, looks at one's own family name, glass broken out of hours or not reviewed, " +
			"wrong passphrases, attempts of disabled staff, workstations whose log lacks entries, and what a workstation found amiss with its file, its clock or the hub's log. None of it proves anything.",
		Example: "  throughgate audit alarms --since -28d --staff v.stone --passphrase-file pass.txt",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			from, err := auditlist.Day(since, time.Now())
			if err != nil {
				return err
			}
			if from.IsZero() {
				from = model.DayOf(time.Now()) - alarmDays
			}
			return who.with(cmd, func(session *signedIn) error {
				found, err := session.Alarms(cmd.Context(), from)
				if err != nil {
					return err
				}
				list := alarmsOf(found, from, staffNames(session.desk.Site()), numbersOf(session.Rows()))
				return out.print(cmd, list, list.lines)
			})
		},
	}
	who.flags(cmd)
	out.flags(cmd)
	cmd.Flags().StringVar(&since, "since", "", "from this day on (default: a week ago)")
	return cmd
}

// alarmRow is an alarm as a document. Its JSON is part of the command line's
// contract.
type alarmRow struct {
	model.Alarm
	StaffName string `json:"staffName"`
	Number    string `json:"prisonNumber"`
}

type alarmList struct {
	Since  model.Day  `json:"since"`
	Alarms []alarmRow `json:"alarms"` // newest first
}

func alarmsOf(found []model.Alarm, since model.Day, name func(model.StaffID) string, number func(model.PersonID) string) alarmList {
	list := alarmList{Since: since, Alarms: []alarmRow{}}
	for _, a := range found {
		row := alarmRow{Alarm: a, Number: number(a.Person)}
		if a.Staff != "" {
			row.StaffName = name(a.Staff)
		}
		list.Alarms = append(list.Alarms, row)
	}
	return list
}

func (l alarmList) lines(w io.Writer) {
	if len(l.Alarms) == 0 {
		line(w, "Nothing to ask about since %s.", l.Since)
		return
	}
	for _, a := range l.Alarms {
		line(w, "%s\t%s\t%s\t%s\t%s", a.To, a.Kind.Words(), plain(orDash(string(a.Staff))), orDash(a.Number), plain(a.Says))
	}
}
