package model

import (
	"io"
	"math"
	"strconv"
)

// Outcode is the first half of a postcode with the middle of its area.
type Outcode struct {
	Code      string  `json:"code"` // such as LS12
	Latitude  float64 `json:"lat"`  // degrees north
	Longitude float64 `json:"lon"`  // degrees east
	Town      string  `json:"town,omitempty"`
}

// ParseOutcodes reads a CSV file with a header that names at least the columns
// postcode, latitude and longitude. Rows that cannot be used are listed; an
// error, of KindInvalid or KindOutside, means that the file as a whole cannot.
func ParseOutcodes(r io.Reader) ([]Outcode, []RowError, error) {
	rows, err := newCSVReader(r)
	if err != nil {
		return nil, nil, err
	}
	columns, err := rows.readHeader("outcodes", "postcode", "latitude", "longitude")
	if err != nil {
		return nil, nil, err
	}
	all, err := readRows(rows, nil, func(fields []string) (Outcode, string, string) {
		row, reason := outcodeOfRow(columns, fields)
		return row, row.Code, reason
	}, "Its outcode stands in an earlier row.")
	if err != nil {
		return nil, nil, err
	}
	if len(all) == 0 {
		return nil, rows.rejected(), Invalid("No row of this file is an outcode.", "Import a file with the columns postcode, latitude and longitude.")
	}
	return all, rows.rejected(), nil
}

func outcodeOfRow(columns header, fields []string) (Outcode, string) {
	code := compact(columns.get(fields, "postcode"))
	if !isOutcode(code) {
		return Outcode{}, "Its outcode is not one."
	}
	latitude, err := strconv.ParseFloat(columns.get(fields, "latitude"), 64)
	if err != nil || !(latitude >= 49 && latitude <= 61) {
		return Outcode{}, "Its latitude is not one of the British Isles."
	}
	longitude, err := strconv.ParseFloat(columns.get(fields, "longitude"), 64)
	if err != nil || !(longitude >= -9 && longitude <= 2) {
		return Outcode{}, "Its longitude is not one of the British Isles."
	}
	return Outcode{Code: code, Latitude: latitude, Longitude: longitude, Town: columns.get(fields, "town")}, ""
}

const earthRadiusKm = 6371.0

// DistanceKm returns the distance between the middles of two outcodes in
// kilometres along a great circle. Within a town it says little: an area can be
// ten kilometres wide.
func DistanceKm(a, b Outcode) float64 {
	return haversineKm(a.Latitude, a.Longitude, b.Latitude, b.Longitude)
}

// haversineKm keeps its precision for near points, where the cosine rule loses
// it.
func haversineKm(lat1, lon1, lat2, lon2 float64) float64 {
	const radians = math.Pi / 180
	dLat := math.Sin((lat2 - lat1) * radians / 2)
	dLon := math.Sin((lon2 - lon1) * radians / 2)
	h := dLat*dLat + math.Cos(lat1*radians)*math.Cos(lat2*radians)*dLon*dLon
	return 2 * earthRadiusKm * math.Asin(math.Sqrt(min(h, 1)))
}
