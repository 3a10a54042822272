package dev.noether.flink.renewal;

import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.TrainingRun;
import org.jspecify.annotations.Nullable;

/**
 * How a training ended that somebody asked for.
 *
 * @param run the training
 * @param release the model, promoted or refused; null if the topic no longer has it
 */
public record TrainingReport(TrainingRun run, @Nullable ModelRelease release) {}
