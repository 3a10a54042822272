package dev.noether.model.gate;

import dev.noether.model.alarm.AlarmState;
import dev.noether.model.alarm.AlarmThreshold;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.engine.Engine;
import dev.noether.model.feature.WindowBuffer;
import dev.noether.model.gate.HeldOutRows.Segment;
import dev.noether.model.gate.PlannedBreak.Kind;
import dev.noether.model.schedule.ScheduleState;
import dev.noether.model.scoring.Judgement;
import dev.noether.model.scoring.WindowScorer;
import dev.noether.model.shape.ShapeState;
import dev.noether.model.training.EntityHistory.Run;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Replays held-out rows through the scorer, as a live stream would: with the baselines, thresholds and signals of the
 * entities. Before a row with a planned break, the state of its entity is copied, and the broken rows are judged with
 * the copy; so the breaks leave no trace.
 *
 * <p>Not thread safe; belongs to the thread of its engine.
 */
final class ModelReplay implements AutoCloseable {
    private static final int CHUNK = 1024;

    /** Added to the squared error of a row, so that its logarithm is bounded. */
    private static final double ERROR_FLOOR = 0.01;

    private final ModelArtifact model;
    private final AlarmThreshold threshold;
    private final HeldOutRows rows;
    private final BreakPlan plan;
    private final WindowScorer scorer;
    private final WindowScorer side;
    private final boolean[] filledIn;
    private final int[] pending = new int[CHUNK];
    private final Map<Integer, States> entities = new HashMap<>();

    /**
     * Makes a replay.
     *
     * @param rate alarms promised per window
     */
    ModelReplay(ModelArtifact model, Engine engine, double rate, HeldOutRows rows, BreakPlan plan) {
        this.model = model;
        this.threshold = new AlarmThreshold(model.calibration(), rate, model.adaptation());
        this.rows = rows;
        this.plan = plan;
        this.scorer = new WindowScorer(model, engine, CHUNK);
        this.side = new WindowScorer(model, engine, plan.longest());
        this.filledIn = new boolean[rows.features()];
    }

    /** The state of an entity. */
    private static final class States {
        private final EntityBaseline start;
        private final EntityBaseline baseline;
        private final AlarmState alarms;
        private final String entity;
        private final ScheduleState schedule;
        private @Nullable ShapeState shape;

        States(
                String entity,
                EntityBaseline start,
                EntityBaseline baseline,
                AlarmState alarms,
                ScheduleState schedule,
                @Nullable ShapeState shape) {
            this.entity = entity;
            this.schedule = schedule;
            this.start = start;
            this.baseline = baseline;
            this.alarms = alarms;
            this.shape = shape;
        }

        States copy() {
            return new States(
                    entity,
                    start,
                    baseline.copy(),
                    alarms.copy(),
                    schedule.copy(),
                    shape == null ? null : shape.copy());
        }
    }

    /**
     * Judges all rows.
     *
     * @param warmUpFrom event time from which the model sees rows before those that are judged
     * @param incidents incidents that are judged too
     */
    ReplayResult run(long warmUpFrom, List<ConfirmedIncident> incidents) {
        ReplayResult result = new ReplayResult(rows.count(), plan, incidents.size());
        for (int s = 0; s < rows.segments().size(); s++) {
            replay(rows.segments().get(s), plan.of(s), warmUpFrom, result);
        }
        for (int i = 0; i < incidents.size(); i++) {
            result.incidents()[i] = smallestPValue(incidents.get(i));
        }
        return result;
    }

    private States start(String entity) {
        EntityBaseline start = model.startingBaseline(entity);
        return new States(entity, start, start.copy(), threshold.start(), new ScheduleState(), null);
    }

    private @Nullable ShapeState startShape(String entity) {
        return scorer.hasShape() ? scorer.startShape(entity, null) : null;
    }

    private void replay(Segment segment, List<PlannedBreak> breaks, long warmUpFrom, ReplayResult result) {
        String entity = rows.entity(segment);
        States states = entities.computeIfAbsent(segment.entity(), number -> start(entity));
        states.shape = startShape(entity);
        Run run = segment.run();
        WindowBuffer buffer = newBuffer();
        int next = 0;
        for (int i = 0; i < run.count(); i++) {
            if (next < breaks.size() && breaks.get(next).row() == i) {
                flush(segment, states, result);
                while (next < breaks.size() && breaks.get(next).row() == i) {
                    judge(breaks.get(next++), segment, states, result);
                }
            }
            int position = buffer.add(run.times()[i], run.rows(), i * rows.features());
            if (buffer.windowEndsAt(position) && run.times()[i] >= warmUpFrom) {
                pending[scorer.size()] = i;
                add(scorer, buffer, position, states, segment.missing(), i);
            }
            if (scorer.isFull()) {
                flush(segment, states, result);
            }
        }
        flush(segment, states, result);
    }

    /** Adds a row to a batch, and to the signal of its entity. */
    private void add(WindowScorer to, WindowBuffer buffer, int position, States states, boolean[] missing, int row) {
        int number;
        boolean lacks = hasMissing(missing, row);
        if (lacks) {
            System.arraycopy(missing, row * filledIn.length, filledIn, 0, filledIn.length);
        }
        if (to.hasSchedule(states.entity)) {
            number = to.add(buffer, position, lacks ? filledIn : null, states.entity, states.schedule);
        } else if (lacks) {
            number = to.add(buffer, position, filledIn);
        } else {
            number = to.add(buffer, position);
        }
        ShapeState shape = states.shape;
        if (shape != null) {
            to.addShape(number, shape, buffer, position);
        }
    }

    private boolean hasMissing(boolean[] missing, int row) {
        for (int j = 0; j < filledIn.length && missing.length > 0; j++) {
            if (missing[row * filledIn.length + j]) {
                return true;
            }
        }
        return false;
    }

    private void flush(Segment segment, States states, ReplayResult result) {
        for (int row = 0; row < scorer.size(); row++) {
            Judgement judgement = scorer.judge(row, states.baseline, states.start, threshold, states.alarms);
            if (pending[row] >= segment.from()) {
                int number = segment.first() + pending[row] - segment.from();
                result.alarmScores()[number] = (float) judgement.alarmScore();
                result.alarms()[number] = judgement.isAnomalous();
                result.errors()[number] = error(judgement, rows.variances(segment));
            }
        }
        scorer.clear();
    }

    private static float error(Judgement judgement, double[] variances) {
        double sum = 0;
        int count = 0;
        for (int j = 0; j < variances.length; j++) {
            if (variances[j] > 0 && !judgement.isMissing(j)) {
                double error = (double) judgement.observed(j) - judgement.expected(j);
                sum += error * error / variances[j];
                count++;
            }
        }
        return (float) Math.log(ERROR_FLOOR + (count == 0 ? 0 : sum / count));
    }

    /** A break counts as found if the rows raise no alarm without it: a model that always alarms finds nothing. */
    private void judge(PlannedBreak broken, Segment segment, States states, ReplayResult result) {
        BreakResults results = result.of(broken.kind());
        boolean isAlarmBefore =
                judgeAside(broken, segment, segment.run().rows(), broken.row(), states.copy(), results.normal());
        boolean isAlarm = judgeAside(broken, segment, broken.rows(), 0, states.copy(), results.broken());
        results.isFound()[broken.number()] = isAlarm && !(isAlarmBefore && broken.kind() != Kind.GROSS);
    }

    /** Judges rows in place of those of a segment; returns whether they raise an alarm. */
    private boolean judgeAside(
            PlannedBreak broken, Segment segment, double[] values, int firstValue, States states, float[] highest) {
        Run run = segment.run();
        int features = rows.features();
        WindowBuffer buffer = newBuffer();
        for (int i = broken.row() - model.contextRows() + 1; i < broken.row(); i++) {
            buffer.add(run.times()[i], run.rows(), i * features);
        }
        for (int i = 0; i < broken.count(); i++) {
            int row = broken.row() + i;
            int position = buffer.add(run.times()[row], values, (firstValue + i) * features);
            add(side, buffer, position, states, segment.missing(), row);
        }
        float largest = 0;
        boolean isAlarm = false;
        for (int i = 0; i < broken.count(); i++) {
            Judgement judgement = side.judge(i, states.baseline, states.start, threshold, states.alarms);
            largest = Math.max(largest, (float) judgement.alarmScore());
            isAlarm |= judgement.isAnomalous();
        }
        highest[broken.number()] = largest;
        side.clear();
        return isAlarm;
    }

    private WindowBuffer newBuffer() {
        WindowBuffer buffer = new WindowBuffer(model.contextRows(), 0, rows.features());
        buffer.setOrigin(model.scaling().origin());
        return buffer;
    }

    private double smallestPValue(ConfirmedIncident incident) {
        HeldOutRows filled = HeldOutRows.ofRun(incident.entity(), incident.rows(), rows.features());
        States states = start(incident.entity());
        states.shape = startShape(incident.entity());
        WindowBuffer buffer = newBuffer();
        double smallest = 1;
        for (Segment segment : filled.segments()) {
            for (int i = 0; i < segment.run().count(); i++) {
                long time = segment.run().times()[i];
                int position = buffer.add(time, segment.run().rows(), i * rows.features());
                if (buffer.windowEndsAt(position)) {
                    add(scorer, buffer, position, states, segment.missing(), i);
                    double pValue = scorer.judge(0, states.baseline, states.start, threshold, states.alarms)
                            .pValue();
                    if (time >= incident.from() && time < incident.to()) {
                        smallest = Math.min(smallest, pValue);
                    }
                    scorer.clear();
                }
            }
        }
        return smallest;
    }

    @Override
    public void close() {
        scorer.close();
        side.close();
    }
}
