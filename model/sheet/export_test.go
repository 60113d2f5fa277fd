package sheet

// Width is open to the tests.
var Width = width
