package dev.noether.cli.size;

import dev.noether.flink.scoring.EntityHeapEstimate;
import dev.noether.flink.scoring.ScoringOptions;
import dev.noether.schemas.Score;
import dev.noether.schemas.Verdict;
import dev.noether.schemas.output.OutputCodec;
import dev.noether.schemas.output.OutputFormat;
import java.util.ArrayList;
import java.util.List;

/**
 * Computes a {@link SizeEstimate}. Each constant is a measured figure of docs/speed.md, docs/architecture.md or the
 * configuration that compose runs with; docs/operations.md has the formula in words.
 */
public final class SizeFormula {
    /** 635,728 records a second on two cores, broker included, with 152 inputs of the network: microseconds of a core. */
    private static final double RECORD_MICROSECONDS = 2e6 / 635_728;

    private static final double INPUTS_MEASURED = 152;

    /** The figures are of a fast, quiet machine, and a job that was stopped must catch up. */
    private static final double HEADROOM = 3;

    private static final int SLOTS = 2;
    private static final int FEWEST_PARTITIONS = 4;

    /** Three checkpoints that are kept, and one that is being written. */
    private static final int CHECKPOINTS = 4;

    /** Changed states are in memory twice while a checkpoint is written. */
    private static final int COPIES = 2;

    /** Heap beside the states, as in deploy/flink/config.yaml. */
    private static final double BASE_HEAP = 1024;

    /** Off-heap memory of Flink itself and of ND4J. */
    private static final double OFF_HEAP = 128 + 512;

    /** Shares of network and managed memory. */
    private static final double BUFFER_SHARE = .2;

    private static final double METASPACE = 256;
    private static final double OVERHEAD_SHARE = .1;

    /** Above it, collections of garbage take long. */
    private static final double LARGEST_STATE = 16_384;

    private static final double HISTORY_ROWS_PER_SECOND = 652_879;
    private static final double TRAINING_SECONDS = 25;
    private static final double RETRAINER_BASE = 256;

    /** Live heap for each byte of the sample's windows. */
    private static final double SAMPLE_COPIES = 4;

    /** Key, offsets and times of a record in Kafka's log. */
    private static final int RECORD_OVERHEAD = 26;

    private static final double MEBIBYTE = 1 << 20;

    private SizeFormula() {}

    /** The estimate for a demand. */
    public static SizeEstimate estimate(SizeDemand demand) {
        SizeEstimate.Scoring scoring = scoring(demand);
        SizeEstimate.Retraining retraining = retraining(demand);
        SizeEstimate.Kafka kafka = kafka(demand, scoring.parallelism());
        return new SizeEstimate(scoring, retraining, kafka, advice(demand, scoring, retraining));
    }

    private static SizeEstimate.Scoring scoring(SizeDemand demand) {
        int inputs = demand.features() * demand.detector().window().rows();
        double record = RECORD_MICROSECONDS
                * Math.max(1, inputs / INPUTS_MEASURED)
                / demand.format().share();
        double cores = demand.rate() * record * HEADROOM / 1e6;
        int parallelism = (int) Math.max(1, Math.ceil(cores));
        int managers = (parallelism + SLOTS - 1) / SLOTS;
        EntityHeapEstimate entity = EntityHeapEstimate.of(ScoringOptions.of(demand.detector()));
        double state = entity.bytes(demand.entities()) / MEBIBYTE;
        double heap = BASE_HEAP + COPIES * state / managers;
        double process = ((heap + OFF_HEAP) / (1 - BUFFER_SHARE) + METASPACE) / (1 - OVERHEAD_SHARE);
        return new SizeEstimate.Scoring(
                cores, parallelism, managers, up(process), entity.bytesOfEach(), up(state), up(CHECKPOINTS * state));
    }

    private static SizeEstimate.Retraining retraining(SizeDemand demand) {
        var rows = demand.detector().retraining().rows();
        double history = demand.rate() * rows.history().toSeconds();
        double sampled = Math.min(history, rows.maxRows());
        double windows = sampled * demand.detector().window().rows() * demand.features() * Float.BYTES;
        return new SizeEstimate.Retraining(
                up(RETRAINER_BASE + SAMPLE_COPIES * windows / MEBIBYTE), (long) Math.ceil(history), (long)
                        Math.ceil(history / HISTORY_ROWS_PER_SECOND + TRAINING_SECONDS));
    }

    private static SizeEstimate.Kafka kafka(SizeDemand demand, int parallelism) {
        long observation = (long) Math.ceil(demand.format().recordBytes(demand.features())) + RECORD_OVERHEAD;
        long score = scoreBytes() + RECORD_OVERHEAD;
        double bytes = demand.rate()
                * demand.storage().retention().toSeconds()
                * (observation + score)
                * demand.storage().replication();
        return new SizeEstimate.Kafka(
                Math.max(FEWEST_PARTITIONS, 2 * parallelism), observation, score, up(bytes / MEBIBYTE));
    }

    private static long scoreBytes() {
        Score score = new Score(
                "detector-of-host",
                "web-1.rack-17.de",
                1_700_000_000_000L,
                1_700_000_180_001L,
                12,
                1_000_000_000L,
                Verdict.NORMAL,
                null,
                1.5,
                .3,
                6.5,
                List.of(),
                List.of(),
                100,
                1.4,
                null,
                List.of(),
                null,
                "5d01062414dfae57",
                null);
        return OutputCodec.scores(OutputFormat.AVRO).encode(score).length;
    }

    private static List<String> advice(
            SizeDemand demand, SizeEstimate.Scoring scoring, SizeEstimate.Retraining retraining) {
        List<String> advice = new ArrayList<>();
        if (demand.entities() > demand.detector().entities().max()) {
            advice.add("Raise `entities.max` to at least " + demand.entities() + ": beyond it entities are forgotten.");
        }
        if (COPIES * (double) scoring.stateMemory() / scoring.taskManagers() > LARGEST_STATE) {
            advice.add("Use more task managers or keep the states on disk (RocksDB): the heap of each would be large.");
        }
        var retention = demand.storage().retention();
        if (retention.compareTo(demand.detector().retraining().rows().history()) < 0) {
            advice.add("Keep observations at least as long as `retraining.history`, "
                    + demand.detector().retraining().rows().history() + ": trainings read them.");
        }
        if (retraining.historyRows() < demand.detector().retraining().rows().minRows()) {
            advice.add("The history has fewer rows than `retraining.minRows`: raise `retraining.history`.");
        }
        return advice;
    }

    private static long up(double mebibytes) {
        return (long) Math.ceil(mebibytes);
    }
}
