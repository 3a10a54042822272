/**
 * The retrainer (decision 37): several processes elect a leader for each detector; the leader trains when a training is
 * due or asked for, and announces the model in a transaction. What it knows of earlier trainings is in the models topic.
 * How a model is trained is behind an interface.
 */
@NullMarked
package dev.noether.flink.renewal;

import org.jspecify.annotations.NullMarked;
