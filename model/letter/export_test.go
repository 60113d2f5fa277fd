package letter

// Width is open to the tests.
var Width = width
