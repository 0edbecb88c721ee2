-- Every page asks whether anything is invented
CREATE INDEX activities_activity_invented ON activities_activity (invented) WHERE invented = 1;
