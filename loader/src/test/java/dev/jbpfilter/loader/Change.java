package dev.jbpfilter.loader;

/** All that is tried of what changes chains. */
enum Change {
  SET_XDP,
  SET_TC,
  SET_NETFILTER,
  SET_CGROUP,
  SET_XDP_ELSEWHERE,
  SET_TC_ELSEWHERE,
  SET_NETFILTER_ELSEWHERE,
  SET_CGROUP_ELSEWHERE,
  SET_XDP_ON_NETFILTER,
  SET_NETFILTER_ON_TC,
  SET_XDP_WITHOUT_OPTIONS,
  SET_NETFILTER_WITHOUT_OPTIONS,
  SET_NEW_XDP,
  SET_NEW_NETFILTER,
  RULESET_IN_PLACE,
  RULESET_RENAMED,
  RULESET_DEVICES_SWAPPED,
  RULESET_PRIORITIES_TAKEN,
  RULESET_OF_OTHERS,
  RULESET_REORDERED,
  UPDATE_XDP,
  UPDATE_TC,
  UPDATE_NETFILTER,
  UPDATE_CGROUP,
  UPDATE_SET_XDP,
  UPDATE_SET_NETFILTER,
  TRIAL_KEPT,
  TRIAL_ROLLED_BACK,
  ATTACH_XDP,
  ATTACH_TC,
  ATTACH_NETFILTER,
  ATTACH_CGROUP,
  LOAD,
  FLUSH_XDP,
  FLUSH_NETFILTER,
  FLUSH_ALL;

  /** The same with chains that the probes of a wire see. */
  Scenario on(Wire wire) {
    return switch (this) {
      case SET_XDP -> Scenario.setInPlace(wire, Place.XDP);
      case SET_TC -> Scenario.setInPlace(wire, Place.TC_INGRESS);
      case SET_NETFILTER -> Scenario.setInPlace(wire, Place.LOCAL_OUT);
      case SET_CGROUP -> Scenario.setInPlace(wire, Place.CGROUP_INGRESS);
      case SET_XDP_ELSEWHERE -> Scenario.setElsewhere(wire, Place.XDP);
      case SET_TC_ELSEWHERE -> Scenario.setElsewhere(wire, Place.TC_EGRESS);
      case SET_NETFILTER_ELSEWHERE -> Scenario.setElsewhere(wire, Place.LOCAL_IN);
      case SET_CGROUP_ELSEWHERE -> Scenario.setElsewhere(wire, Place.CGROUP_EGRESS);
      case SET_XDP_ON_NETFILTER -> Scenario.setOnAnotherHook(wire, Place.XDP, Place.LOCAL_IN);
      case SET_NETFILTER_ON_TC -> Scenario.setOnAnotherHook(wire, Place.LOCAL_IN, Place.TC_INGRESS);
      case SET_XDP_WITHOUT_OPTIONS -> Scenario.setWithoutOptions(wire, Place.XDP);
      case SET_NETFILTER_WITHOUT_OPTIONS -> Scenario.setWithoutOptions(wire, Place.LOCAL_IN);
      case SET_NEW_XDP -> Scenario.setNew(wire, Place.XDP);
      case SET_NEW_NETFILTER -> Scenario.setNew(wire, Place.LOCAL_IN);
      case RULESET_IN_PLACE -> Scenario.rulesetInPlace(wire);
      case RULESET_RENAMED -> Scenario.rulesetRenamed(wire);
      case RULESET_DEVICES_SWAPPED -> Scenario.rulesetWithDevicesSwapped(wire);
      case RULESET_PRIORITIES_TAKEN -> Scenario.rulesetWithPrioritiesTaken(wire);
      case RULESET_OF_OTHERS -> Scenario.rulesetOfOthers(wire);
      case RULESET_REORDERED -> Scenario.rulesetReordered(wire);
      case UPDATE_XDP -> Scenario.update(wire, Place.XDP);
      case UPDATE_TC -> Scenario.update(wire, Place.TC_EGRESS);
      case UPDATE_NETFILTER -> Scenario.update(wire, Place.LOCAL_IN);
      case UPDATE_CGROUP -> Scenario.update(wire, Place.CGROUP_EGRESS);
      case UPDATE_SET_XDP -> Scenario.updateSet(wire, Place.XDP);
      case UPDATE_SET_NETFILTER -> Scenario.updateSet(wire, Place.LOCAL_OUT);
      case TRIAL_KEPT -> Scenario.trial(wire, true);
      case TRIAL_ROLLED_BACK -> Scenario.trial(wire, false);
      case ATTACH_XDP -> Scenario.attach(wire, Place.XDP);
      case ATTACH_TC -> Scenario.attach(wire, Place.TC_INGRESS);
      case ATTACH_NETFILTER -> Scenario.attach(wire, Place.LOCAL_IN);
      case ATTACH_CGROUP -> Scenario.attach(wire, Place.CGROUP_EGRESS);
      case LOAD -> Scenario.load(wire);
      case FLUSH_XDP -> Scenario.flushOne(wire, Place.XDP);
      case FLUSH_NETFILTER -> Scenario.flushOne(wire, Place.LOCAL_IN);
      case FLUSH_ALL -> Scenario.flushAll(wire);
    };
  }
}
