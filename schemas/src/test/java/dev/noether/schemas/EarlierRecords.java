package dev.noether.schemas;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The records whose bytes the versions before the fifth wrote into {@code src/test/resources}. */
final class EarlierRecords {
    static final long START = 1_700_000_000_000L;
    static final ShapeFinding FINDING = new ShapeFinding("pulse", ShapeDifference.WIDTH, -3.25f, 4.5f, 92, 46, 34, 23);

    private EarlierRecords() {}

    static Observation observation(Features features) {
        return new Observation("host-7", START + 123, features);
    }

    static Features positional() {
        return new Features.Positional(0x0123456789abcdefL, new float[] {0.5f, -1.25f, 1e9f});
    }

    static Features named() {
        return new Features.Named(Map.of("cpu", 0.5f, "memory", -1.25f));
    }

    static Score anomalous() {
        return anomalous(
                List.of(new Contribution("cpu", 0.75f, 99.5f, 12.5f), new Contribution("memory", 0.25f, 1f, 2f)),
                List.of("disk"),
                Double.NaN,
                null,
                null,
                null);
    }

    static Score suppressed() {
        return anomalous(
                List.of(
                        new Contribution("cpu", 0.75f, 99.5f, 12.5f, 64f, 10f, 15f),
                        new Contribution("memory", 0.25f, 1f, 2f)),
                List.of("disk"),
                4.5,
                "maintenance: upgrade",
                null,
                null);
    }

    /** A score whose shape differs. */
    static Score shape(@Nullable String modelHash) {
        return anomalous(
                List.of(new Contribution("pulse", 1f, 1.5f, 0.25f, 4f, -1f, 2f)),
                List.of(),
                4.5,
                null,
                FINDING,
                modelHash);
    }

    private static Score anomalous(
            List<Contribution> contributions,
            List<String> imputed,
            double alarmScore,
            @Nullable String suppressed,
            @Nullable ShapeFinding finding,
            @Nullable String modelHash) {
        return new Score(
                "fleet",
                "host-7",
                START,
                START + 124,
                3,
                42,
                Verdict.ANOMALOUS,
                null,
                7.5,
                0.001,
                3.25,
                contributions,
                imputed,
                9,
                alarmScore,
                suppressed,
                List.of(),
                finding,
                modelHash);
    }

    static Score stuck() {
        return new Score(
                "fleet",
                "host-7",
                START,
                START + 124,
                3,
                42,
                Verdict.NORMAL,
                null,
                1.5,
                0.25,
                3.25,
                List.of(new Contribution("cpu", 1f, 42.5f, 50f, 0.25f, 10f, 90f)),
                List.of(),
                9,
                0.5,
                null,
                List.of(new StuckFeature("cpu", 17, 1e-7), new StuckFeature("load", 12, 2e-7)));
    }

    static Incident incident() {
        return incident(
                IncidentState.UPDATED,
                null,
                new Diagnosis(causes(), BreakShape.LEVEL, "cpu stays at 99.5, expected 12.5 (usually 10 to 15)"),
                new IncidentGroup("cd34", List.of(), 0));
    }

    static Incident shapeIncident() {
        return incident(
                IncidentState.UPDATED,
                null,
                new Diagnosis(causes(), BreakShape.LEVEL, "pulse is narrower than usual", FINDING),
                new IncidentGroup("cd34", List.of(), 0));
    }

    private static List<Cause> causes() {
        return List.of(
                new Cause("cpu", 64f, 99.5f, 12.5f, 10f, 15f), new Cause("memory", 4f, 1f, 2f, Float.NaN, Float.NaN));
    }

    /** An incident of one entity. */
    static Incident incident(
            IncidentState state, @Nullable String modelHash, Diagnosis diagnosis, IncidentGroup group) {
        return new Incident(
                new IncidentIdentity("fleet", "ab12", "host-7", IncidentKind.ANOMALY),
                state,
                Severity.HIGH,
                new IncidentTimes(START, START + 60_001, START + 60_000),
                new IncidentPeak(7.5, START + 30_000, 0.001, 3.25, 9, modelHash),
                4,
                diagnosis,
                group,
                null);
    }

    /** With its members, and without a peak. */
    static Incident group() {
        return new Incident(
                new IncidentIdentity("fleet", "ef56", "", IncidentKind.GROUP),
                IncidentState.RESOLVED,
                Severity.CRITICAL,
                new IncidentTimes(START, START + 60_001, START + 60_000),
                IncidentPeak.none(START),
                12,
                new Diagnosis(List.of(), BreakShape.SILENCE, "3 entities broke within 2 s"),
                new IncidentGroup(null, List.of("host-7", "насос 1", "host-9"), 3),
                "maintenance: upgrade");
    }

    static ModelRelease release() {
        return release("ab12", ReleaseStage.CHALLENGER, ModelRelease.NO_END);
    }

    /** A model. */
    static ModelRelease release(String sha256, ReleaseStage stage, long effectiveTo) {
        return new ModelRelease(
                "fleet",
                9,
                new ReleasedArtifact("s3://models/fleet/9.avro", sha256, 123_456),
                0x0123456789abcdefL,
                START,
                stage,
                START + 999,
                new ReleaseCalibration(0.999, 3.25, 30_000),
                Map.of("seed", "1", "machine", "x86_64"),
                effectiveTo);
    }

    static Rejected rejected() {
        return new Rejected(
                "fleet.observations",
                3,
                42,
                START + 123,
                RejectionReason.NOT_FINITE,
                "the feature cpu is NaN",
                "host-7".getBytes(StandardCharsets.US_ASCII),
                new byte[] {0, 1, -1},
                3);
    }
}
