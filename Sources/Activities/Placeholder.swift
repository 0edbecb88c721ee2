enum ActivitiesPlaceholder {}
