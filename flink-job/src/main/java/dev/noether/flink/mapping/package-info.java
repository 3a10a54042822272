/**
 * How the fields of a record become an observation, as the detector file says it: format, time, features. Values alone;
 * uses no other package.
 */
@NullMarked
package dev.noether.flink.mapping;

import org.jspecify.annotations.NullMarked;
