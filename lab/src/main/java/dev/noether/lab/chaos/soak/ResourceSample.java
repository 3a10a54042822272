package dev.noether.lab.chaos.soak;

/**
 * One value of one resource.
 *
 * @param seconds time since the start of the soak
 * @param owner the service that owns the resource
 * @param kind the kind of resource
 * @param value the value, in the unit of the kind
 */
public record ResourceSample(double seconds, String owner, ResourceKind kind, double value) {}
