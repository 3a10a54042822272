package dev.noether.model.training;

import dev.noether.model.training.LearnedPartDecision.BreakAreas;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Collects the provenance of a model: data, options, course of the training, and machine, as keys and values. */
final class TrainingProvenance {
    private TrainingProvenance() {}

    /**
     * Returns all entries of a model.
     *
     * @param origin entries that the caller supplies, such as the source of the data
     * @param engine name of the engine
     */
    static SortedMap<String, String> of(
            SortedMap<String, String> origin,
            DetectorOptions options,
            String engine,
            List<EntityHistory> histories,
            HistorySplit split,
            DetectorNetwork network) {
        SortedMap<String, String> entries = new TreeMap<>(origin);
        entries.putAll(data(histories, split));
        entries.putAll(training(options, network));
        entries.put("engine", engine);
        entries.putAll(machine());
        return entries;
    }

    private static SortedMap<String, String> data(List<EntityHistory> histories, HistorySplit split) {
        SortedMap<String, String> entries = new TreeMap<>();
        entries.put("data.from", Instant.ofEpochMilli(split.from()).toString());
        entries.put("data.to", Instant.ofEpochMilli(split.to()).toString());
        entries.put("data.entities", String.valueOf(histories.size()));
        entries.put(
                "data.rows",
                String.valueOf(histories.stream().mapToInt(EntityHistory::count).sum()));
        return entries;
    }

    private static SortedMap<String, String> training(DetectorOptions options, DetectorNetwork network) {
        SortedMap<String, String> entries = new TreeMap<>();
        TrainingReport report = network.trained().report();
        entries.put("training.options", options.toString());
        entries.put("training.symmetry", network.symmetry());
        entries.put("training.windows", String.valueOf(network.train().count()));
        entries.put(
                "training.validationWindows",
                String.valueOf(network.validation().count()));
        entries.put("training.epochs", String.valueOf(report.epochs().size()));
        entries.put("training.bestEpoch", String.valueOf(report.bestEpoch()));
        entries.put("training.bestValidationError", String.valueOf(report.bestValidationError()));
        entries.put("training.learnedPart", String.valueOf(network.learnedPart().isUsed()));
        @Nullable BreakAreas areas = network.learnedPart().areas();
        if (areas != null) {
            entries.put("training.breakDetection", String.valueOf(areas.withLearnedPart()));
            entries.put("training.breakDetectionOfBase", String.valueOf(areas.baseAlone()));
        }
        return entries;
    }

    private static SortedMap<String, String> machine() {
        SortedMap<String, String> entries = new TreeMap<>();
        entries.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
        entries.put("machine", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        entries.put("openblas.coretype", String.valueOf(System.getenv().getOrDefault("OPENBLAS_CORETYPE", "unset")));
        return entries;
    }
}
