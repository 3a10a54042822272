/**
 * Models on their way: the store where artifacts lie, the check that a release has to pass, and the models in force.
 */
@NullMarked
package dev.noether.flink.release;

import org.jspecify.annotations.NullMarked;
