package dev.noether.cli.demo;

import dev.noether.cli.stack.StackDirectory;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a demonstration.
 *
 * @param directory directory of broker, checkpoints and models
 * @param isDirectoryKept whether the directory remains after the run
 * @param length duration of the live part
 * @param rate live observations per second; null for a rate that fits the length
 * @param port port of the broker; 0 for a free one
 * @param parallelism parallelism of the scoring job
 * @param seed seed of the training
 * @param stays whether the console stays open after the end
 */
public record DemoOptions(
        StackDirectory directory,
        boolean isDirectoryKept,
        Duration length,
        @Nullable Double rate,
        int port,
        int parallelism,
        long seed,
        boolean stays) {}
