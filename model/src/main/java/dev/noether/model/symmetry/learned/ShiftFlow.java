package dev.noether.model.symmetry.learned;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Prescribed shifts in time, used in turn: {@code y(t) = x(t + shift)}. Beyond the edges the first or last value
 * repeats.
 *
 * @param shifts in samples, at least one
 */
public record ShiftFlow(List<Integer> shifts) implements SymmetryFlow {

    /** Copies the list. */
    public ShiftFlow {
        shifts = List.copyOf(shifts);
        if (shifts.isEmpty()) {
            throw new IllegalArgumentException("`shifts` must hold at least one (got none)");
        }
    }

    /** Shifts by 2, 4 and 8 samples in both directions. */
    public static ShiftFlow prescribed() {
        return new ShiftFlow(List.of(2, -2, 4, -4, 8, -8));
    }

    @Override
    public int motions() {
        return shifts.size();
    }

    @Override
    public void move(double[] series, int turn, RandomGenerator random, double[] moved) {
        int shift = shifts.get(turn % shifts.size());
        for (int time = 0; time < series.length; time++) {
            moved[time] = series[Math.max(0, Math.min(series.length - 1, time + shift))];
        }
    }

    /** Every shift multiplied and rounded to whole samples. */
    @Override
    public ShiftFlow scaled(double strength) {
        FlowArguments.requireStrength(strength);
        return new ShiftFlow(shifts.stream()
                .map(shift -> (int) Math.round(strength * shift))
                .distinct()
                .toList());
    }
}
