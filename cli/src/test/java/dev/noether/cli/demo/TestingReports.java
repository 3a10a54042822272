package dev.noether.cli.demo;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reports with invented figures. */
final class TestingReports {
    private TestingReports() {}

    static final Ranking RANKING = new Ranking(107_863, 1_827, 0.827, 0.460, 0.637, 0.033);

    static final OutcomeCounts COMPLETE =
            new OutcomeCounts(367_063, 367_063, 259_200, Map.of("COLD_START", 259_200L), 0, 0, 0, 0, 132);

    static final ModelUse TWO_MODELS =
            new ModelUse(List.of(1L, 2L), new TreeMap<>(Map.of(1L, 17_700L, 2L, 90_163L)), 1, 0, 1, 0);

    static DemoReport complete() {
        return report(COMPLETE, TWO_MODELS, detection(fleetFaults(), 46));
    }

    static DemoReport report(OutcomeCounts outcomes, ModelUse models, DetectionReport detection) {
        return new DemoReport(
                "a simulated fleet of 60 servers, seed 1",
                null,
                outcomes,
                models,
                new RunSpeed(107_863, 1187.4, new RunSpeed.Latency(530.2, 1020.0), DemoAuditor.LATENCY, 13.8, 121.5),
                detection,
                null,
                List.of(),
                new Machine(2, 2048, "Vendor 17", "Linux amd64", "unset", "nd4j", 1));
    }

    static Map<String, DetectionReport.FaultCount> fleetFaults() {
        return new TreeMap<>(Map.of(
                "level_shift", new DetectionReport.FaultCount(5, 4), "spike", new DetectionReport.FaultCount(5, 5)));
    }

    static DetectionReport detection(Map<String, DetectionReport.FaultCount> faults, @Nullable Integer unmatched) {
        return new DetectionReport(
                RANKING,
                0.628,
                0.044,
                8,
                10,
                new TreeMap<>(Map.of(1L, RANKING)),
                new TreeMap<>(Map.of("web-01", RANKING)),
                new IncidentCounts(73, 5, 0, 0, unmatched, 74.9),
                faults);
    }
}
