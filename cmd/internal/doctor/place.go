package doctor

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/throughgate/throughgate/model"
)

// failed is an error as a line: it has its sentence and its hint.
func failed(check string, err error) Line {
	var known *model.Error
	if errors.As(err, &known) {
		return fail(check, known.Msg, known.Hint)
	}
	return fail(check, "This could not be looked at.", "")
}

func (p *Patient) settings() Line {
	const check = "settings"
	s, problems, err := p.Files.Check()
	if err != nil {
		return failed(check, err)
	}
	if len(problems) > 0 {
		first := problems[0]
		return fail(check, fmt.Sprintf("%d mistakes; the first is in %s, line %d: %s", len(problems), first.File, first.Line, first.Msg), "throughgate config check lists all; the screens open when they are mended.")
	}
	if mayBeChanged(p.Files.Site) {
		return warn(check, "The site's settings may be changed by people who are not administrators.", "Take away their right to write the file "+p.Files.Site+" and its folder.")
	}
	locked := 0
	for _, v := range s.Values() {
		if v.Locked {
			locked++
		}
	}
	if locked == 0 {
		return ok(check, "They are good. The site has locked none of them.")
	}
	return ok(check, "They are good. The site has locked %d of them.", locked)
}

func (p *Patient) folder() Line {
	const check = "folder"
	info, err := os.Stat(p.Folder)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fail(check, p.Folder+" is not there.", "Enrol this workstation, or give the right folder with --data.")
	case err != nil:
		return fail(check, p.Folder+" cannot be looked at.", "Ask for the right to use it.")
	case !info.IsDir():
		return fail(check, p.Folder+" is a file.", "Give the right folder with --data.")
	}
	probe, err := os.CreateTemp(p.Folder, ".throughgate-doctor-*")
	if err != nil {
		return fail(check, p.Folder+" cannot be written to.", "Ask for the right to write there, or look whether the disk is full or read-only.")
	}
	if err := errors.Join(probe.Close(), os.Remove(probe.Name())); err != nil {
		return fail(check, p.Folder+" cannot be written to as it should.", "Look whether another program, such as a scanner for viruses, holds files in it.")
	}
	if line, found := rights(check, p.Folder); found {
		return line
	}
	return ok(check, "%s is there, and nobody else's.", p.Folder)
}

func (p *Patient) disk() Line {
	const check = "disk"
	folder := p.Folder
	if _, err := os.Stat(folder); err != nil {
		return ok(check, "Not looked at: there is no folder.")
	}
	free, err := freeRoom(folder)
	switch {
	case err != nil:
		return warn(check, "It does not say how much room it has.", "")
	case free < p.NoRoom:
		return fail(check, size(free)+" are free. Nothing more may be kept.", "Make room on this disk now.")
	case free < p.LowRoom:
		return warn(check, "Only "+size(free)+" are free.", "Make room on this disk.")
	}
	return ok(check, "%s are free.", size(free))
}
