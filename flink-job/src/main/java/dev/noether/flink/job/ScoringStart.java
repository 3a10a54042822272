package dev.noether.flink.job;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.TopicReader;
import dev.noether.flink.recovery.DamagedCheckpointException;
import dev.noether.flink.recovery.OpenTransactions;
import dev.noether.flink.recovery.OutputAudit;
import dev.noether.flink.recovery.RecoveryPlan;
import dev.noether.flink.recovery.StoredCheckpoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the scoring job starts, so that nothing is lost and nothing is written twice.
 *
 * @param checkpoint checkpoint or savepoint to start from; empty for a start with empty state
 * @param plan what the output topics contain already
 * @param messages what is unusual about the start, one line each
 * @param missing number of observations without a result, which the job will score
 * @param upTo offsets, by partition, before which every observation has a result when the recovery is done
 */
public record ScoringStart(
        Optional<Path> checkpoint, RecoveryPlan plan, List<String> messages, long missing, Map<Integer, Long> upTo) {
    private static final Logger LOG = LoggerFactory.getLogger(ScoringStart.class);

    /**
     * Chooses the start of an ordinary run: the newest checkpoint. If it is damaged, if its results were neither
     * committed nor can be, or if there is none although there are results, the start is a recovery.
     *
     * @param candidates checkpoints and savepoints of the job, the newest first
     */
    public static ScoringStart resume(DetectorConfig config, List<Path> candidates) {
        Checkpoints checkpoints = Checkpoints.open(config, candidates);
        if (!checkpoints.damaged().isEmpty() || checkpoints.isLastTransactionLost(config)) {
            return recover(config, candidates);
        }
        if (!checkpoints.usable().isEmpty()) {
            return ordinary(Optional.of(checkpoints.usable().get(0).folder()));
        }
        return hasResults(config) ? recover(config, candidates) : ordinary(Optional.empty());
    }

    private static ScoringStart ordinary(Optional<Path> checkpoint) {
        return new ScoringStart(checkpoint, RecoveryPlan.NONE, List.of(), 0, Map.of());
    }

    /**
     * Returns what a recovery would find, one line each; changes nothing. Results in open transactions count as
     * missing.
     *
     * @param candidates checkpoints and savepoints of the job, the newest first
     */
    public static List<String> inspect(DetectorConfig config, List<Path> candidates) {
        Checkpoints checkpoints = Checkpoints.open(config, candidates);
        List<String> messages = new ArrayList<>(checkpoints.damaged());
        List<String> open = OpenTransactions.list(config);
        if (!open.isEmpty()) {
            messages.add("these transactions are open, and their records do not count as written: " + open
                    + "; they end when the job starts");
        }
        OutputAudit audit = OutputAudit.read(config, checkpoints.newestOffsets());
        addCreatedAgain(config, audit, messages);
        messages.addAll(audit.messages());
        if (audit.isComplete()) {
            messages.add(nothingMissing(audit));
        }
        boolean isNeeded = !audit.isComplete() || (checkpoints.usable().isEmpty() && audit.hasResults());
        messages.add(
                isNeeded
                        ? "with `recover`, " + description(checkpoints.before(audit.firstWithout()))
                        : "`recover` is not needed: `score` "
                                + checkpoints.usable().stream()
                                        .findFirst()
                                        .map(newest -> "continues from the checkpoint " + newest.folder())
                                        .orElse("starts with empty state"));
        return List.copyOf(messages);
    }

    private static String nothingMissing(OutputAudit audit) {
        String waiting =
                String.format(Locale.ROOT, "; about %,d observations wait for the scoring job", audit.waiting());
        return audit.hasResults()
                ? "nothing is missing: every observation that was read has its score or rejected record" + waiting
                : "no observation has a result yet" + waiting;
    }

    /**
     * Ends the open transactions of the detector, audits its outputs, and chooses a start from which every missing
     * result is written once. Checkpoints that are newer than the start are renamed.
     *
     * @param candidates checkpoints and savepoints of the job, the newest first
     */
    public static ScoringStart recover(DetectorConfig config, List<Path> candidates) {
        Checkpoints checkpoints = Checkpoints.open(config, candidates);
        List<String> messages = new ArrayList<>(checkpoints.damaged());
        List<String> aborted = OpenTransactions.abort(config);
        if (!aborted.isEmpty()) {
            messages.add("ended the open transactions " + aborted);
        }
        OutputAudit audit = OutputAudit.read(config, checkpoints.newestOffsets());
        addCreatedAgain(config, audit, messages);
        messages.addAll(audit.messages());
        Optional<StoredCheckpoint> start = checkpoints.before(audit.firstWithout());
        setAside(candidates, start);
        messages.add(description(start));
        messages.forEach(message -> LOG.warn("Recovery of {}: {}.", config.detector(), message));
        RecoveryPlan plan = start.map(one -> RecoveryPlan.fromCheckpoint(audit, one.number()))
                .orElseGet(() -> RecoveryPlan.withEmptyState(audit, config));
        return new ScoringStart(
                start.map(StoredCheckpoint::folder),
                plan,
                List.copyOf(messages),
                audit.missing(),
                audit.upTo(checkpoints.newestOffsets()));
    }

    private static void addCreatedAgain(DetectorConfig config, OutputAudit audit, List<String> messages) {
        if (audit.isCreatedAgain()) {
            messages.add("the topic " + config.topics().observations()
                    + " was deleted and created again: results of the earlier one do not count");
        }
    }

    private static String description(Optional<StoredCheckpoint> start) {
        return start.map(one -> "the job starts from the checkpoint " + one.folder())
                        .orElse("no checkpoint lies before the first missing result: the job starts with empty state")
                + "; what is in the output topics already is not written again";
    }

    /**
     * Makes the plan of a recovery from a checkpoint that somebody else has chosen.
     *
     * @param checkpoint the checkpoint; empty for a start with empty state
     * @throws DamagedCheckpointException if the checkpoint cannot be used
     */
    static RecoveryPlan plan(DetectorConfig config, Optional<Path> checkpoint) throws DamagedCheckpointException {
        OpenTransactions.abort(config);
        if (checkpoint.isEmpty()) {
            return hasResults(config)
                    ? RecoveryPlan.withEmptyState(OutputAudit.read(config, Map.of()), config)
                    : RecoveryPlan.NONE;
        }
        StoredCheckpoint stored = StoredCheckpoint.open(checkpoint.get(), config);
        OutputAudit audit = OutputAudit.read(config, stored.offsets());
        audit.messages().forEach(message -> LOG.warn("Recovery of {}: {}.", config.detector(), message));
        return RecoveryPlan.fromCheckpoint(audit, stored.number());
    }

    private static boolean hasResults(DetectorConfig config) {
        // Into the topic of rejected records an import writes too.
        return hasRecords(config, config.topics().scores())
                || (!config.source().isImported()
                        && hasRecords(config, config.topics().rejected()));
    }

    private static boolean hasRecords(DetectorConfig config, String topic) {
        return Arrays.stream(TopicReader.endOffsets(config, topic)).anyMatch(end -> end > 0);
    }

    private static void setAside(List<Path> candidates, Optional<StoredCheckpoint> start) {
        for (Path folder : candidates) {
            if (start.isPresent() && folder.equals(start.get().folder())) {
                return;
            }
            RetainedCheckpoints.setAside(folder);
        }
    }

    /** The checkpoints that can be used, the newest first, and what is wrong with the newer ones. */
    private record Checkpoints(List<StoredCheckpoint> usable, List<String> damaged) {
        static Checkpoints open(DetectorConfig config, List<Path> candidates) {
            List<StoredCheckpoint> usable = new ArrayList<>();
            List<String> damaged = new ArrayList<>();
            for (Path folder : candidates) {
                try {
                    usable.add(StoredCheckpoint.open(folder, config));
                } catch (DamagedCheckpointException e) {
                    LOG.warn("{}", e.getMessage(), e.getCause());
                    if (usable.isEmpty()) {
                        damaged.add(String.valueOf(e.getMessage()));
                    }
                }
            }
            return new Checkpoints(usable, damaged);
        }

        /**
         * Whether results between the last two checkpoints are missing although no transaction is open. An open one is
         * committed at the start.
         */
        boolean isLastTransactionLost(DetectorConfig config) {
            if (!config.exactlyOnce()
                    || usable.size() < 2
                    || !usable.get(1).isBefore(usable.get(0).offsets())
                    || !OpenTransactions.list(config).isEmpty()) {
                return false;
            }
            OutputAudit audit = OutputAudit.readEnd(
                    config, usable.get(1).offsets(), usable.get(0).offsets());
            audit.messages().forEach(message -> LOG.warn("After the newest checkpoint: {}.", message));
            return !audit.isComplete();
        }

        Map<Integer, Long> newestOffsets() {
            return usable.isEmpty() ? Map.of() : usable.get(0).offsets();
        }

        /** The oldest checkpoint of the newest run that lies before the given offsets; otherwise the newest savepoint. */
        Optional<StoredCheckpoint> before(Map<Integer, Long> offsets) {
            Optional<StoredCheckpoint> found = Optional.empty();
            for (StoredCheckpoint one : usable) {
                boolean isCheckpoint = one.folder().getFileName().toString().startsWith("chk-");
                if (one.isBefore(offsets) && (found.isEmpty() || isCheckpoint && isOfSameRun(one, found.get()))) {
                    found = Optional.of(one);
                }
            }
            return found;
        }

        private static boolean isOfSameRun(StoredCheckpoint one, StoredCheckpoint other) {
            return one.folder().resolveSibling("").equals(other.folder().resolveSibling(""))
                    && one.number() < other.number();
        }
    }
}
