package dev.noether.flink.renewal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.DriftPolicy;
import dev.noether.flink.config.RetrainingSection;
import dev.noether.flink.drift.DriftFinding;
import dev.noether.flink.release.ModelsTopicContent;
import dev.noether.flink.scoring.TestingModels;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ModelsRecord;
import dev.noether.schemas.ReleaseCalibration;
import dev.noether.schemas.ReleaseStage;
import dev.noether.schemas.ReleasedArtifact;
import dev.noether.schemas.Score;
import dev.noether.schemas.TrainingCause;
import dev.noether.schemas.TrainingOutcome;
import dev.noether.schemas.TrainingRequest;
import dev.noether.schemas.TrainingRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A drift leads to at most one training in a period, and only if the configuration wants one. */
class DriftDutyTest {
    private static final long NOW = 1_800_000_000_000L;
    private static final Duration PERIOD = Duration.ofHours(6);

    private final List<Long> judged = new ArrayList<>();
    private DriftFinding.Kind kind = DriftFinding.Kind.DRIFT;

    @Test
    void aDriftAsksForATrainingWhoseCauseIsTheDrift() {
        TrainingRequest request = only(duty(DriftPolicy.TRAIN).look(content(null, null)));
        assertThat(request.requestedBy()).isEqualTo("drift: half of the entities");
        ModelsTopicContent asked = content(run(NOW - PERIOD.toMillis() * 2, TrainingOutcome.PROMOTED), request);
        DueTraining due = schedule().next(asked, NOW, NOW + 1);
        assertThat(due.cause()).isEqualTo(TrainingCause.DRIFT);
        assertThat(due.at()).isEqualTo(NOW + 1);
    }

    @Test
    void onlyTheModelThatScoresTheLatestTimesIsJudged() {
        duty(DriftPolicy.TRAIN).look(content(null, null));
        assertThat(judged).containsExactly(2L);
        assertThat(duty(DriftPolicy.TRAIN).look(new ModelsTopicContent(List.of(), List.of(), null, null)))
                .isEmpty();
        assertThat(judged).hasSize(1);
    }

    @Test
    void aProposalAsksForNothing() {
        assertThat(duty(DriftPolicy.PROPOSE).look(content(null, null))).isEmpty();
    }

    @Test
    void nothingButADriftLeadsToATraining() {
        for (DriftFinding.Kind other : DriftFinding.Kind.values()) {
            kind = other;
            assertThat(duty(DriftPolicy.TRAIN).look(content(null, null)))
                    .as(other.name())
                    .hasSize(other == DriftFinding.Kind.DRIFT ? 1 : 0);
        }
    }

    @Test
    void afterATrainingThePeriodPassesBeforeTheNext() {
        DriftDuty duty = duty(DriftPolicy.TRAIN);
        long ago = PERIOD.toMillis();
        assertThat(duty.look(content(run(NOW - ago + 1, TrainingOutcome.REFUSED), null)))
                .isEmpty();
        assertThat(duty.look(content(run(NOW - ago - 1, TrainingOutcome.REFUSED), null)))
                .hasSize(1);
        TrainingRequest waiting = new TrainingRequest("fleet", NOW - 5, "somebody", Long.MIN_VALUE, Long.MAX_VALUE);
        assertThat(duty.look(content(null, waiting))).isEmpty();
    }

    @Test
    void aTrainingAfterADriftWhoseProcessDiedIsRepeatedAsSuch() {
        TrainingRequest request = only(duty(DriftPolicy.TRAIN).look(content(null, null)));
        TrainingRun died = new TrainingRun(
                "fleet",
                TrainingCause.DRIFT,
                TrainingOutcome.RUNNING,
                NOW,
                TrainingRun.NOT_ENDED,
                Score.NO_MODEL,
                "process 1",
                null);
        DueTraining due = schedule().next(content(died, request), NOW + 1_000, NOW + 1_000);
        assertThat(due.cause()).isEqualTo(TrainingCause.DRIFT);
        assertThat(due.requestedAt()).isEqualTo(NOW);
    }

    private DriftDuty duty(DriftPolicy policy) {
        DetectorConfig config = DetectorConfig.withDefaults("fleet", TestingModels.features(2))
                .with(RetrainingSection.DRIFT, policy)
                .with(RetrainingSection.DRIFT_PERIOD, PERIOD);
        return new DriftDuty(
                config,
                release -> {
                    judged.add(release.version());
                    return new DriftFinding(kind, 0.5, 5, 10, "half of the entities");
                },
                () -> NOW);
    }

    private static RenewalSchedule schedule() {
        return new RenewalSchedule(Duration.ofDays(30), NOW, Duration.ofMinutes(1));
    }

    private static TrainingRequest only(List<ModelsRecord> records) {
        assertThat(records).hasSize(1);
        return (TrainingRequest) records.get(0);
    }

    /** Models 1 and 2 score; 3 is refused. */
    private static ModelsTopicContent content(@Nullable TrainingRun run, @Nullable TrainingRequest request) {
        List<ModelRelease> releases = List.of(
                release(1, 1_000, ReleaseStage.CHAMPION),
                release(2, 2_000, ReleaseStage.CHAMPION),
                release(3, 3_000, ReleaseStage.REFUSED));
        return new ModelsTopicContent(releases, List.of(), run, request);
    }

    private static TrainingRun run(long startedAt, TrainingOutcome outcome) {
        return new TrainingRun(
                "fleet", TrainingCause.SCHEDULE, outcome, startedAt, startedAt + 1, 2, "process 1", null);
    }

    private static ModelRelease release(long version, long effectiveFrom, ReleaseStage stage) {
        return new ModelRelease(
                "fleet",
                version,
                new ReleasedArtifact("file:///none", "ab", 1),
                1,
                effectiveFrom,
                stage,
                1,
                new ReleaseCalibration(0.99, 1, 1),
                Map.of());
    }
}
