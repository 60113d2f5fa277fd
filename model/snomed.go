package model

// ValidSNOMED tells whether a code is a SNOMED CT identifier: 6 to 18 digits
// that do not begin with nought, the last of which is the Verhoeff check digit
// of the others (SNOMED CT Release File Specification, 5.5). A slip of one digit
// or two digits changed round is found.
func ValidSNOMED(code string) bool {
	if len(code) < 6 || len(code) > 18 || !allDigits(code) || code[0] == '0' {
		return false
	}
	check := uint8(0)
	for i := range len(code) {
		digit := code[len(code)-1-i] - '0'
		check = verhoeffTimes[check][verhoeffTurn[i%8][digit]]
	}
	return check == 0
}

// verhoeffTimes is multiplication in the dihedral group of the pentagon, and
// verhoeffTurn the powers of Verhoeff's permutation.
var (
	verhoeffTimes = [10][10]uint8{
		{0, 1, 2, 3, 4, 5, 6, 7, 8, 9},
		{1, 2, 3, 4, 0, 6, 7, 8, 9, 5},
		{2, 3, 4, 0, 1, 7, 8, 9, 5, 6},
		{3, 4, 0, 1, 2, 8, 9, 5, 6, 7},
		{4, 0, 1, 2, 3, 9, 5, 6, 7, 8},
		{5, 9, 8, 7, 6, 0, 4, 3, 2, 1},
		{6, 5, 9, 8, 7, 1, 0, 4, 3, 2},
		{7, 6, 5, 9, 8, 2, 1, 0, 4, 3},
		{8, 7, 6, 5, 9, 3, 2, 1, 0, 4},
		{9, 8, 7, 6, 5, 4, 3, 2, 1, 0},
	}
	verhoeffTurn = [8][10]uint8{
		{0, 1, 2, 3, 4, 5, 6, 7, 8, 9},
		{1, 5, 7, 6, 2, 8, 3, 0, 9, 4},
		{5, 8, 0, 3, 7, 9, 6, 1, 4, 2},
		{8, 9, 1, 6, 0, 4, 3, 5, 2, 7},
		{9, 4, 5, 3, 1, 2, 6, 8, 7, 0},
		{4, 2, 8, 6, 5, 7, 3, 9, 0, 1},
		{2, 7, 9, 3, 8, 0, 6, 4, 1, 5},
		{7, 0, 4, 6, 9, 1, 3, 2, 5, 8},
	}
)
