package dev.jbpfilter.ruleset;

/**
 * What {@code define} made of a name.
 *
 * @param name without {@code $}
 * @param value not empty; names in it are expanded
 * @param location where the name was defined
 */
public record Expansion(String name, String value, Location location) {}
