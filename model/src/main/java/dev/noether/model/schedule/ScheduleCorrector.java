package dev.noether.model.schedule;

import dev.noether.model.feature.WindowBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Computes what a schedule takes off the rows of an entity: off the newest row, and off the rows before it that serve as
 * context.
 *
 * <p>At each row a range of amounts recurs. First the part of the value that belongs to a job is estimated from row to
 * row: it is 0 until the value jumps, and then follows the jump; while a job runs it is as usual, but takes what would
 * move the rest by more than the usual step. What is taken off is this part, limited to the range. So inside of the range
 * nothing of a job is left; if a job does not come, the lower end of the range is missing in the rest; if it does not
 * end, the whole job is in the rest.
 *
 * <p>Not thread safe; allocates nothing after construction.
 */
public final class ScheduleCorrector {
    private final int features;
    private final int contextRows;
    private final LocalClock clock;
    private final Map<String, Page> pages = new HashMap<>();
    /** {@code [contextRows, features]}, as all work arrays here. */
    private final float[] low;

    private final float[] high;
    private final float[] usualLow;
    private final float[] usualHigh;
    private final float[] parts;
    private final float[] amounts;
    private final float[] beyond;

    /** A page with an index of its entries. */
    private record Page(ScheduleLayer[] layers, int[][] firstEntries, float[] tolerance) {}

    /**
     * Makes a corrector.
     *
     * @param contextRows number of rows that are corrected together, the newest included
     */
    public ScheduleCorrector(Schedule schedule, int contextRows) {
        this.features = schedule.features();
        this.contextRows = contextRows;
        this.clock = new LocalClock(Schedule.requireZone(schedule.zone()));
        this.low = new float[(contextRows + 1) * features];
        this.high = new float[low.length];
        this.usualLow = new float[low.length];
        this.usualHigh = new float[low.length];
        this.parts = new float[contextRows * features];
        this.amounts = new float[contextRows * features];
        this.beyond = new float[features];
        Map<SchedulePage, Page> indexed = new IdentityHashMap<>();
        schedule.entities()
                .forEach((entity, index) -> pages.put(
                        entity, indexed.computeIfAbsent(schedule.pages().get(index), ScheduleCorrector::indexed)));
    }

    private static Page indexed(SchedulePage page) {
        ScheduleLayer[] layers = page.layers().toArray(new ScheduleLayer[0]);
        int[][] first = new int[layers.length][];
        for (int i = 0; i < layers.length; i++) {
            first[i] = layers[i].firstEntries();
        }
        return new Page(layers, first, page.tolerance());
    }

    /** Whether an entity has a page. */
    public boolean has(String entity) {
        return pages.containsKey(entity);
    }

    /**
     * Computes the amounts for the row at a position of a buffer and the rows before it.
     *
     * @param buffer rows of the entity; holds as many rows as the context has up to the position
     * @param state state of the entity; changed if the row is its newest
     * @return the amounts to subtract from the raw rows, {@code [contextRows, features]}, valid until the next call;
     *     null if nothing recurs at any of these rows
     */
    public float @Nullable [] amounts(String entity, WindowBuffer buffer, int position, ScheduleState state) {
        Page page = pages.get(entity);
        if (page == null) {
            return null;
        }
        int first = position - contextRows + 1;
        boolean isNewest = position == buffer.size() - 1;
        boolean any = false;
        boolean atNewest = false;
        for (int i = 0; i < contextRows; i++) {
            atNewest = range(page, buffer.time(first + i), i * features);
            any |= atNewest;
        }
        if (!any) {
            if (isNewest) {
                state.clear();
            }
            return null;
        }
        fill(page, buffer, first, state);
        for (int i = 0; i < amounts.length; i++) {
            amounts[i] = Math.max(low[i], Math.min(high[i], parts[i]));
        }
        if (isNewest) {
            if (atNewest) {
                state.set(buffer.time(position), parts, (contextRows - 1) * features, features);
            } else {
                state.clear();
            }
        }
        return amounts;
    }

    /** Computes the range of the amounts at a time; returns whether it is more than 0 to 0 for any feature. */
    private boolean range(Page page, long time, int offset) {
        long local = clock.local(time);
        boolean any = false;
        for (int l = 0; l < page.layers.length; l++) {
            ScheduleLayer layer = page.layers[l];
            int[] index = page.firstEntries[l];
            int bin = layer.binAt(local);
            int end = index[bin + 1];
            for (int entry = index[bin]; entry < end; entry++) {
                if (!any) {
                    clear(offset);
                    any = true;
                }
                int at = offset + layer.feature()[entry];
                low[at] += layer.low()[entry];
                high[at] += layer.high()[entry];
                usualLow[at] += layer.usualLow()[entry];
                usualHigh[at] += layer.usualHigh()[entry];
            }
        }
        if (!any) {
            clear(offset);
        }
        return any;
    }

    private void clear(int offset) {
        Arrays.fill(low, offset, offset + features, 0);
        Arrays.fill(high, offset, offset + features, 0);
        Arrays.fill(usualLow, offset, offset + features, 0);
        Arrays.fill(usualHigh, offset, offset + features, 0);
    }

    /** Estimates the parts from a row on where they are known, forwards and backwards. */
    private void fill(Page page, WindowBuffer buffer, int first, ScheduleState state) {
        int known = known(page, buffer, first, state);
        if (known < contextRows) {
            for (int i = known + 1; i < contextRows; i++) {
                step(page, buffer, first + i - 1, parts, (i - 1) * features, first + i, i * features);
            }
            backwards(page, buffer, first, known);
            return;
        }
        // The state is of a newer row than this one, which came out of order.
        int last = first + contextRows - 1;
        for (int position = first + known - 1; position > last; position--) {
            range(page, buffer.time(position), contextRows * features);
            stepBeyond(page, buffer, position);
        }
        step(page, buffer, last + 1, beyond, 0, last, (contextRows - 1) * features);
        backwards(page, buffer, first, contextRows - 1);
    }

    private void backwards(Page page, WindowBuffer buffer, int first, int known) {
        for (int i = known - 1; i >= 0; i--) {
            step(page, buffer, first + i + 1, parts, (i + 1) * features, first + i, i * features);
        }
    }

    /**
     * Finds a row whose parts are known, and sets them.
     *
     * @return its index from the first row of the context on; beyond the context if the state is of a newer row
     */
    private int known(Page page, WindowBuffer buffer, int first, ScheduleState state) {
        if (!state.isEmpty()) {
            for (int position = buffer.size() - 1; position >= first; position--) {
                if (state.isOf(buffer.time(position), features)) {
                    int i = position - first;
                    copy(state, i < contextRows ? parts : beyond, i < contextRows ? i * features : 0);
                    return i;
                }
            }
        }
        int known = 0;
        for (int i = contextRows - 1; i > 0 && known == 0; i--) {
            known = isCertain(i * features) ? i : 0;
        }
        for (int j = known * features; j < (known + 1) * features; j++) {
            parts[j] = Math.max(low[j], Math.min(high[j], 0));
        }
        return known;
    }

    private void copy(ScheduleState state, float[] target, int offset) {
        for (int j = 0; j < features; j++) {
            target[offset + j] = state.amount(j);
        }
    }

    private boolean isCertain(int offset) {
        for (int j = offset; j < offset + features; j++) {
            if (low[j] != high[j]) {
                return false;
            }
        }
        return true;
    }

    /** Estimates the parts of a row from those of a neighbouring row. */
    private void step(
            Page page, WindowBuffer buffer, int reference, float[] from, int fromOffset, int position, int offset) {
        for (int j = 0; j < features; j++) {
            float rest = buffer.value(reference, j) - from[fromOffset + j];
            parts[offset + j] = part(
                    buffer.value(position, j),
                    rest,
                    from[fromOffset + j],
                    low[offset + j],
                    high[offset + j],
                    usualLow[offset + j],
                    usualHigh[offset + j],
                    page.tolerance[j]);
        }
    }

    /** One step back outside of the context: from the row after a position to the position. */
    private void stepBeyond(Page page, WindowBuffer buffer, int position) {
        int offset = contextRows * features;
        for (int j = 0; j < features; j++) {
            float rest = buffer.value(position + 1, j) - beyond[j];
            beyond[j] = part(
                    buffer.value(position, j),
                    rest,
                    beyond[j],
                    low[offset + j],
                    high[offset + j],
                    usualLow[offset + j],
                    usualHigh[offset + j],
                    page.tolerance[j]);
        }
    }

    /**
     * Estimates how much of a value belongs to a job.
     *
     * @param rest value of the neighbouring row less its part that belongs to the job
     * @param before that part
     * @param low lower end of the range of the parts
     * @param high upper end of the range
     * @param usualLow lower end of the usual parts while the job runs
     * @param usualHigh upper end of the usual parts
     * @param tolerance three times the usual step from row to row
     */
    static float part(
            float value,
            float rest,
            float before,
            float low,
            float high,
            float usualLow,
            float usualHigh,
            float tolerance) {
        float estimate = estimate(value, rest, before, low, high, usualLow, usualHigh, tolerance);
        float limited = within(estimate, low, high);
        return Math.abs(estimate - limited) <= tolerance ? limited : estimate;
    }

    private static float estimate(
            float value,
            float rest,
            float before,
            float low,
            float high,
            float usualLow,
            float usualHigh,
            float tolerance) {
        float least = Math.min(0, low);
        float most = Math.max(0, high);
        float jump = value - rest;
        float kept = within(before, least, most);
        float middle = Math.max(most, -least) / 2;
        if (Math.abs(kept) > middle && Math.abs(jump - kept) <= tolerance) {
            return within(towards(within(kept, usualLow, usualHigh), jump, tolerance / 3), least, most);
        }
        if (Math.abs(jump) > middle) {
            return within(towards(within(jump, usualLow, usualHigh), jump, tolerance / 2), least, most);
        }
        // A row that a job fills in part may jump by no more than noise does; and after a low outlier the rest must be
        // able to rise again.
        float step = Math.abs(jump) <= tolerance ? tolerance / 3 : tolerance / 6;
        return within(towards(0, jump, step), least, most);
    }

    /** The number that is nearest to a target, and at most a step from another number. */
    private static float towards(float target, float from, float step) {
        return within(target, from - step, from + step);
    }

    private static float within(float value, float low, float high) {
        return Math.max(low, Math.min(high, value));
    }
}
