/**
 * The input of a model: feature schema, scaling of raw values, imputation of missing values, and the sliding window of
 * an entity. May use {@code hash}.
 */
@NullMarked
package dev.noether.model.feature;

import org.jspecify.annotations.NullMarked;
