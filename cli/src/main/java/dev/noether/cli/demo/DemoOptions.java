package dev.noether.cli.demo;

import dev.noether.cli.stack.StackDirectory;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a demonstration is run.
 *
 * @param directory of broker, checkpoints and models
 * @param keep whether the directory outlives the run
 * @param length how long live rows are sent
 * @param rate live rows in a second; null for what fits the length
 * @param port of the broker; 0 for a free one
 * @param parallelism of the scoring job
 * @param seed of the training
 * @param json where the report goes; null for nowhere
 */
public record DemoOptions(
        StackDirectory directory,
        boolean keep,
        Duration length,
        @Nullable Double rate,
        int port,
        int parallelism,
        long seed,
        @Nullable Path json) {}
