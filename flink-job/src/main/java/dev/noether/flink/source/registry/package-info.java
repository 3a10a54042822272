/**
 * The schema registry: its REST API, the schemas that are known, and the wait while it does not answer. Uses the package
 * {@code config} and the schemas.
 */
@NullMarked
package dev.noether.flink.source.registry;

import org.jspecify.annotations.NullMarked;
