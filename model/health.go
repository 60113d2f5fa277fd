package model

// HealthPart is what healthcare roles may read.
type HealthPart struct {
	Log
}
