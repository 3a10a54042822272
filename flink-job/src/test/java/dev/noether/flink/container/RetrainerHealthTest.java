package dev.noether.flink.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.RetrainingSection;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.schemas.TrainingCause;
import dev.noether.schemas.TrainingOutcome;
import dev.noether.schemas.TrainingRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetrainerHealthTest {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final DetectorConfig FLEET = config("fleet", Duration.ofDays(1));
    private static final DetectorConfig LINE = config("line", Duration.ofDays(2));

    @TempDir
    private Path folder;

    @Test
    void isHealthyForFourIntervalsBehindTheFirstDelay() throws Exception {
        health(List.of(FLEET, LINE));
        assertThat(until()).isEqualTo(START.plus(Duration.ofDays(4)).plus(HOUR));
    }

    @Test
    void aModelOfAnyRetrainerKeepsItHealthyAlsoOneThatTheGateRefused() throws Exception {
        RetrainerHealth health = health(List.of(FLEET, LINE));
        Instant end = START.plus(Duration.ofDays(3));
        health.known(FLEET, run(TrainingOutcome.PROMOTED, end));
        assertThat(until()).isEqualTo(end.plus(Duration.ofDays(4)));
        health.known(FLEET, run(TrainingOutcome.REFUSED, end.plus(HOUR)));
        assertThat(until()).isEqualTo(end.plus(HOUR).plus(Duration.ofDays(4)));
        health.known(FLEET, run(TrainingOutcome.PROMOTED, end.plus(Duration.ofDays(90))));
        assertThat(until())
                .as("the other detector had no model")
                .isEqualTo(START.plus(Duration.ofDays(8)).plus(HOUR));
    }

    @ParameterizedTest
    @EnumSource(
            value = TrainingOutcome.class,
            names = {"RUNNING", "NO_MODEL", "FAILED"})
    void aTrainingWithoutAModelDoesNot(TrainingOutcome outcome) throws Exception {
        RetrainerHealth health = health(List.of(FLEET));
        health.known(FLEET, run(outcome, START.plus(Duration.ofDays(90))));
        assertThat(until()).isEqualTo(START.plus(Duration.ofDays(4)).plus(HOUR));
    }

    @Test
    void aHealthFileThatCannotBeWrittenStopsTheStart() {
        HealthFile absent = new HealthFile(folder.resolve("absent/healthy"));
        assertThatThrownBy(() -> absent.set(START)).hasMessageContaining("cannot be written");
    }

    private RetrainerHealth health(List<DetectorConfig> configs) {
        return new RetrainerHealth(
                new HealthFile(folder.resolve("healthy")),
                configs,
                config -> config.retraining().schedule().interval(),
                HOUR,
                Clock.fixed(START, ZoneOffset.UTC));
    }

    private Instant until() throws Exception {
        return Files.getLastModifiedTime(folder.resolve("healthy")).toInstant();
    }

    private static TrainingRun run(TrainingOutcome outcome, Instant end) {
        return new TrainingRun("d", TrainingCause.SCHEDULE, outcome, 0, end.toEpochMilli(), 1, "r", null);
    }

    private static DetectorConfig config(String detector, Duration interval) {
        return DetectorConfig.withDefaults(detector, new FeatureSchema(List.of("cpu")))
                .with(RetrainingSection.INTERVAL, interval);
    }
}
