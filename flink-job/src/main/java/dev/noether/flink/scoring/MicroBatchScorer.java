package dev.noether.flink.scoring;

import dev.noether.flink.release.ModelsInForce;
import dev.noether.flink.wire.ObservationRow;
import dev.noether.schemas.Score;
import java.io.IOException;
import java.util.function.Consumer;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;

/**
 * The micro-batch of rows: it collects rows with the states of their entities, and scores them together. That happens
 * when it is full, when its oldest row has waited for the linger time ({@link LingerTimer}), and on {@link #flush}.
 *
 * <p>Not thread safe; belongs to the task's thread.
 */
final class MicroBatchScorer {
    private final PendingRows pending;
    private final EntityStates states;
    private final ModelsInForce models;
    private final ShadowScoring shadow;
    private final RowPlacement placement;
    private final RowJudge judge;
    private final EntityEviction eviction;
    private final LingerTimer linger;
    private final Consumer<Score[]> output;

    /**
     * Makes a scorer without rows.
     *
     * @param options options of the detector
     * @param pending empty micro-batch
     * @param states states of the entities
     * @param models models in force
     * @param shadow the challenger, if there is one
     * @param eviction limit of the entities, enforced after each micro-batch
     * @param metrics metrics of the operator
     * @param clock processing time of the task
     * @param output receiver of the scores of each micro-batch, in the order of the rows
     */
    MicroBatchScorer(
            ScoringOptions options,
            PendingRows pending,
            EntityStates states,
            ModelsInForce models,
            ShadowScoring shadow,
            EntityEviction eviction,
            ScoringMetrics metrics,
            ProcessingTimeService clock,
            Consumer<Score[]> output) {
        this.pending = pending;
        this.states = states;
        this.models = models;
        this.shadow = shadow;
        this.eviction = eviction;
        this.output = output;
        placement = new RowPlacement(options, pending, models, shadow, metrics);
        judge = new RowJudge(options, metrics);
        linger = new LingerTimer(clock, options.microBatch().linger(), pending, this::flush);
    }

    /** Adds a row. The current key of the state backend must be its entity. */
    void add(ObservationRow row) throws IOException {
        pending.add(row, states.stateOf(row.entity()));
        if (pending.isFull()) {
            flush();
        } else {
            linger.start();
        }
    }

    /**
     * Scores all pending rows. Afterwards their states are in the backend, and its current key is undefined.
     *
     * <p>Each step runs for all rows before the next step begins. This is faster than row by row: the processor need
     * not wait between two rows until the changes of the first row's entity have reached the memory.
     */
    void flush() throws IOException {
        if (pending.isEmpty()) {
            return;
        }
        shadow.begin(pending.size());
        PlacedRows placed = placement.place();
        Score[] scores = judge.judge(placed, shadow.judge(placed));
        shadow.end();
        output.accept(scores);
        pending.clear();
        models.clearBatches();
        states.writeBack();
        eviction.enforce();
    }
}
