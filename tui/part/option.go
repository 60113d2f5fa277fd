package part

// Option is one thing that can be chosen.
type Option struct {
	Value string // what is stored
	Label string // what is read
	Hint  string
	Kind  string // what sort of thing it is, where several sorts are listed together
	// Disabled is why this cannot be chosen now; "" when it can.
	Disabled string
	// Exclusive options of a multiple choice stand alone: choosing "None of these" clears the rest.
	Exclusive bool
}
