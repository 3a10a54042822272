/**
 * The training operator: from the rows of the history to one trained and stored model. The training itself
 * is in the model module.
 */
@NullMarked
package dev.noether.flink.retrain;

import org.jspecify.annotations.NullMarked;
