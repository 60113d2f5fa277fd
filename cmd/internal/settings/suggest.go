package settings

import "strings"

// suggestion names the setting that was likely meant.
func suggestion(key string) string {
	best, least := "", min(len(key)/3+2, 6)
	for _, f := range fields {
		_, last, nested := strings.Cut(f.key, ".")
		for _, name := range []string{f.key, last} {
			if d := distance(fold(key), fold(name)); (name == f.key || nested) && d < least {
				best, least = f.key, d
			}
		}
	}
	if best == "" {
		return "throughgate config show lists the settings."
	}
	return "Did you mean " + best + "?"
}

func fold(key string) string {
	return strings.NewReplacer("-", "", "_", "", " ", "").Replace(strings.ToLower(key))
}

// distance is how many letters have to be put in, taken out or changed to make
// b of a.
func distance(a, b string) int {
	const most = 64 // nobody mistypes a name of this length
	if len(a) > most {
		return most
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
