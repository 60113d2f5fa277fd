package demo

import "math/rand/v2"

// Names as they are met at a reception desk in England and Wales, so that every
// screen is seen with letters and lengths that are not those of its makers.
var (
	familyNames = []string{
		"Ahmed", "Ali", "Baker", "Begum", "Bennett", "Brown", "Campbell", "Carter", "Clarke", "Cooper", "Davies", "Edwards", "Evans",
		"Foster", "Gallagher", "Green", "Griffiths", "Hall", "Harris", "Hughes", "Hussain", "Islam", "Jackson", "James", "Jenkins",
		"Johnson", "Jones", "Kelly", "Khan", "Kaur", "King", "Lewis", "Llewellyn", "Martin", "McDonald", "Mensah", "Mitchell", "Moore",
		"Morgan", "Morris", "Murphy", "Murray", "Ndlovu", "O'Brien", "O'Connor", "Okafor", "Osei", "Owen", "Parker", "Patel", "Phillips",
		"Powell", "Price", "Pryce", "Rees", "Reid", "Richards", "Roberts", "Robinson", "Ryan", "Scott", "Shah", "Singh", "Smith",
		"Stewart", "Taylor", "Thomas", "Thompson", "Turner", "Walker", "Ward", "Watson", "White", "Williams", "Wilson", "Wood", "Wright",
		"Young", "Çelik", "Dąbrowski", "Kowalczyk", "Wiśniewski", "Nguyễn", "Trần", "Popescu", "Ionescu", "Ștefănescu", "Novák", "Šimek",
		"García", "Fernández", "Gonçalves", "Müller", "Jørgensen", "Björnsdóttir", "Haddad", "El-Sayed", "Mohammadi", "Fitzgerald-Moore",
		"ap Huw", "van der Merwe", "de la Cruz", "Oyelaran", "Adeyemi", "Abubakar", "Tesfaye", "Hassan-Abdi",
	}
	menNames = []string{
		"Aaron", "Adam", "Adrian", "Ahmed", "Aled", "Andrew", "Anthony", "Ashley", "Ben", "Callum", "Carl", "Chidi", "Craig", "Daniel",
		"Darren", "David", "Dean", "Dylan", "Emyr", "Gareth", "Gary", "George", "Hamza", "Harry", "Huw", "Ibrahim", "Imran", "Ioan",
		"Jack", "Jake", "James", "Jamie", "Jason", "Jerome", "Joel", "John", "Jordan", "José", "Joshua", "Kevin", "Kieran", "Kyle",
		"Lee", "Leroy", "Liam", "Llŷr", "Luke", "Marcus", "Mark", "Martin", "Matthew", "Michael", "Mohammed", "Nathan", "Omar",
		"Owain", "Paul", "Peter", "Piotr", "Reece", "Rhys", "Ricky", "Robert", "Ryan", "Samuel", "Scott", "Sean", "Siôn", "Stephen",
		"Steven", "Terry", "Thomas", "Tomasz", "Tyrone", "Wayne", "Yusuf", "Zbigniew", "Zoltán", "Đức",
	}
	womenNames = []string{
		"Aaliyah", "Abigail", "Amy", "Angharad", "Bethan", "Chantelle", "Charlotte", "Chloë", "Emma", "Ffion", "Gemma", "Hayley",
		"Jade", "Jana", "Kayleigh", "Kelly", "Lauren", "Małgorzata", "Megan", "Natasha", "Rachel", "Rhiannon", "Sarah", "Siân", "Sophie",
		"Stacey", "Thị Hương", "Zoë",
	}
	middleNames = []string{"", "", "", "", "", "", "William", "Lee", "James", "Anne", "Marie", "Louise", "Wyn", "Alexander", "Jayden"}
)

func pick[T any](rnd *rand.Rand, from []T) T { return from[rnd.IntN(len(from))] }

// chance is true so many times out of a hundred.
func chance(rnd *rand.Rand, percent int) bool { return rnd.IntN(100) < percent }
