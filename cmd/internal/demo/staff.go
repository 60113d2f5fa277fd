package demo

import "github.com/throughgate/throughgate/model"

// Passphrase is everybody's in the demonstration.
const Passphrase = "demo"

// Site is the invented prison. HMPPS has no such agency.
const (
	Site     model.SiteCode = "ZMI"
	SiteName string         = "HMP Millbrook (invented)"
)

// The ids that the stories name.
const (
	officer    model.StaffID = "officer"
	omu        model.StaffID = "omu"
	safer      model.StaffID = "safer"
	nurse      model.StaffID = "nurse"
	prescriber model.StaffID = "prescriber"
	pharmacy   model.StaffID = "pharmacy"
	substance  model.StaffID = "substance"
	wing       model.StaffID = "wing"
	admin      model.StaffID = "admin"
	manager    model.StaffID = "manager"
	auditor    model.StaffID = "auditor"
)

// Staff is who works in the invented prison, in the order the first screen
// lists them.
func Staff() []model.Staff {
	return []model.Staff{
		{ID: officer, Name: "KHAN, Aisha", Role: model.RoleReception, Site: Site},
		{ID: nurse, Name: "BOATENG, Grace", Role: model.RoleNurse, Site: Site},
		{ID: prescriber, Name: "LINDQVIST, Dr Maja", Role: model.RolePrescriber, Site: Site},
		{ID: pharmacy, Name: "PATEL, Nikhil", Role: model.RolePharmacy, Site: Site},
		{ID: manager, Name: "ROBERTS, Helen", Role: model.RoleManager, Site: Site},
		{ID: auditor, Name: "HUGHES, Bethan", Role: model.RoleAuditor, Site: Site},
		{ID: admin, Name: "EVANS, Carys", Role: model.RoleHealthAdmin, Site: Site},
		{ID: omu, Name: "MURPHY, Colm", Role: model.RoleOMU, Site: Site},
		{ID: safer, Name: "OSEI, Kwame", Role: model.RoleSaferCustody, Site: Site},
		{ID: substance, Name: "WALSH, Siobhan", Role: model.RoleSubstanceMisuse, Site: Site},
		{ID: wing, Name: "FOX, Imogen", Role: model.RoleWing, Site: Site},
	}
}
