/**
 * The retraining step: rows in, one trained and stored model out. The training itself is the model module's.
 */
@NullMarked
package dev.noether.flink.retrain;

import org.jspecify.annotations.NullMarked;
