package demo

import (
	"encoding/csv"
	"strings"

	"github.com/throughgate/throughgate/model"
)

// practices are invented: code, name, street, town, county, postcode. The
// postcodes are of areas that Royal Mail has not given out.
var practices = [][6]string{
	{"Z90001", "The Millbrook Surgery", "12 Mill Lane", "Millbrook", "West Yorkshire", "ZL1 1AB"},
	{"Z90002", "Millbrook Park Medical Centre", "Park Road", "Millbrook", "West Yorkshire", "ZL1 2CD"},
	{"Z90003", "Station Road Practice", "88 Station Road", "Millbrook", "West Yorkshire", "ZL1 4EF"},
	{"Z90004", "Drs Okonkwo and Hughes", "3 High Street", "Ashford Bridge", "West Yorkshire", "ZL2 3GH"},
	{"Z90005", "Ashford Bridge Health Centre", "Canal Street", "Ashford Bridge", "West Yorkshire", "ZL2 5JK"},
	{"Z90006", "The Old Chapel Surgery", "Chapel Hill", "Netherfold", "West Yorkshire", "ZL3 1LM"},
	{"Z90007", "Netherfold Family Practice", "41 Church Walk", "Netherfold", "West Yorkshire", "ZL3 2NP"},
	{"Z90008", "Kingsway Medical Practice", "200 Kingsway", "Harrowby", "South Yorkshire", "ZL4 1QR"},
	{"Z90009", "Harrowby Green Surgery", "The Green", "Harrowby", "South Yorkshire", "ZL4 6ST"},
	{"Z90010", "Harrowby Homeless Health Service", "1 Dock Street", "Harrowby", "South Yorkshire", "ZL4 9UV"},
	{"Z90011", "Riverside Medical Group", "Riverside", "Stourmouth", "Lancashire", "ZL5 2WX"},
	{"Z90012", "St Oswald's Surgery", "7 St Oswald's Place", "Stourmouth", "Lancashire", "ZL5 3YZ"},
	{"Z90013", "Castle View Practice", "Castle View", "Lowgate", "Lancashire", "ZL6 1AC"},
	{"Z90014", "Lowgate Primary Care Centre", "55 Market Place", "Lowgate", "Lancashire", "ZL6 2BD"},
	{"Z90015", "The Quays Practice", "The Quays", "Eastport", "Merseyside", "ZL7 1CE"},
	{"Z90016", "Eastport University Health Centre", "College Lane", "Eastport", "Merseyside", "ZL7 3DF"},
	{"Z90017", "Dr Fitzgerald and Partners", "19 Hope Street", "Eastport", "Merseyside", "ZL7 8EG"},
	{"Z90018", "Fenwick Street Surgery", "Fenwick Street", "Northgate", "Tyne and Wear", "ZL8 1FH"},
	{"Z90019", "Northgate Medical Centre", "Northgate", "Northgate", "Tyne and Wear", "ZL8 4GJ"},
	{"W99991", "Meddygfa Glan yr Afon", "Stryd yr Eglwys", "Llanfair-y-bont", "Gwynedd", "ZW1 1HK"},
	{"W99992", "Canolfan Iechyd Tŷ Newydd", "Heol y Castell", "Pontnewydd", "Gwent", "ZW2 2JL"},
	{"W99993", "Pontnewydd Surgery", "14 Commercial Street", "Pontnewydd", "Gwent", "ZW2 3KM"},
}

// odsColumns is how many fields a row of ODS's epraccur has.
const odsColumns = 27

// PracticesCSV returns the practices as a file of ODS's epraccur format, as the
// hub imports them.
func PracticesCSV() (string, error) {
	var out strings.Builder
	w := csv.NewWriter(&out)
	for _, p := range practices {
		row := make([]string, odsColumns)
		row[0], row[1], row[4], row[7], row[8], row[9] = p[0], strings.ToUpper(p[1]), p[2], strings.ToUpper(p[3]), strings.ToUpper(p[4]), p[5]
		row[10], row[12], row[17], row[25] = "19740401", "A", "01632 960000", "4"
		if p[0] == closedPractice {
			row[12] = "C"
		}
		if err := w.Write(row); err != nil {
			return "", err
		}
	}
	w.Flush()
	return out.String(), w.Error()
}

func practice(i int) model.ChosenPractice {
	p := practices[i%len(practices)]
	return model.ChosenPractice{Code: model.ODSCode(p[0]), Name: p[1], Address: []string{p[2], p[3], p[4]}, Postcode: p[5], Phone: "01632 960000"}
}
