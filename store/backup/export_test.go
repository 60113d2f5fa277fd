package backup

import "filippo.io/age"

// LockOf is for a recipient that a test makes.
func LockOf(r age.Recipient) Lock { return Lock{recipients: []age.Recipient{r}} }
