"""Names for the stable text ids that programmes give to their parts."""

from typing import NewType

ProgrammeId = NewType("ProgrammeId", str)
RoleId = NewType("RoleId", str)
SectionId = NewType("SectionId", str)
ModuleId = NewType("ModuleId", str)
DomainId = NewType("DomainId", str)
CompetencyId = NewType("CompetencyId", str)
BehaviourId = NewType("BehaviourId", str)
ItemId = NewType("ItemId", str)
BlueprintId = NewType("BlueprintId", str)
ChecklistId = NewType("ChecklistId", str)
LineId = NewType("LineId", str)
ScenarioId = NewType("ScenarioId", str)
VignetteId = NewType("VignetteId", str)
ActivityId = NewType("ActivityId", str)
GateId = NewType("GateId", str)
PrerequisiteId = NewType("PrerequisiteId", str)
CertificateId = NewType("CertificateId", str)
ThemeId = NewType("ThemeId", str)
ScaleId = NewType("ScaleId", str)
PromptId = NewType("PromptId", str)
