// Package demo invents a prison, its staff, its people and the GP practices
// around it, and fills a throw-away hub and desk with them.
//
// Nobody here exists. NHS numbers are of the range 999, which is kept for
// testing; practice codes begin with Z, which ODS has not given to a practice;
// the prison's code belongs to none. The same seed and day give the same people.
//
//	names, numbers   what people are called and go by
//	cast             the people a newcomer should meet, one by one
//	crowd            everybody else
//	custody, care    a person's story as the changes their desks made
//	practices        the practices, in the format of ODS
//	desk             an invented workstation that writes those changes
//	site             hub, staff and desks together
//
// It refuses to write anywhere but in the folder it is given, and its
// passphrases are stretched so little that nothing else may use them.
package demo
