package model

// MedicineNews is what became of one medicine since a moment, such as the last
// signature on the list.
type MedicineNews string

// What can have become of it.
const (
	NewsNone    MedicineNews = ""
	NewsAdded   MedicineNews = "added"
	NewsChanged MedicineNews = "changed" // what the person takes is another
	NewsDetails MedicineNews = "details" // something else of the prescription
	NewsStopped MedicineNews = "stopped"
	NewsResumed MedicineNews = "resumed" // stopped, and taken again
)

// NewsSince tells what became of a medicine since a moment, and how it was prescribed
// then. What another desk wrote before that moment, and sent later, is no news
// here though it changes the list: whoever asks holds the hashes against one
// another too.
func (m Medicine) NewsSince(moment Stamp) (MedicineNews, MedicineVersion) {
	was := m.asOf(moment)
	switch {
	case !m.By.At.After(moment):
		return NewsNone, was
	case !m.Current():
		return NewsStopped, was
	case was.By.IsZero():
		return NewsAdded, was
	case !was.Stopped.Day.IsZero():
		return NewsResumed, was
	case was.treatment() == m.treatment():
		return NewsDetails, was
	}
	return NewsChanged, was
}

// asOf returns the version that held at a moment, zero when there was none yet.
func (m Medicine) asOf(moment Stamp) (then MedicineVersion) {
	for _, v := range m.versions() {
		if !v.By.At.After(moment) {
			then = v
		}
	}
	return then
}
