-- Every page asks whether anything is invented
CREATE INDEX needs_need_invented ON needs_need (invented) WHERE invented = 1;
