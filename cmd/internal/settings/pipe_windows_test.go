package settings_test

// pipe is nil: no file of Windows is one.
var pipe func(path string) error
