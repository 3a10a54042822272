/**
 * The way of a model from training to scoring: publication, store, announcement in the models topic, check of a release,
 * and the models in force.
 */
@NullMarked
package dev.noether.flink.release;

import org.jspecify.annotations.NullMarked;
