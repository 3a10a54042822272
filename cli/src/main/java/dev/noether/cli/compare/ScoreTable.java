package dev.noether.cli.compare;

import dev.noether.schemas.Verdict;
import java.util.Arrays;

/**
 * The verdicts and p-values of the observations of one partition, by their offsets, in about 40 bytes each. The last
 * score of an offset counts. Not thread safe.
 */
final class ScoreTable {
    private static final Verdict[] VERDICTS = Verdict.values();
    private static final long EMPTY = -1;

    private long[] offsets = new long[1024];
    private double[] pValues = new double[1024];
    private byte[] verdicts = new byte[1024];
    private int size;

    ScoreTable() {
        Arrays.fill(offsets, EMPTY);
    }

    /** The number of offsets. */
    int size() {
        return size;
    }

    /** Adds the score of an offset, at least 0. */
    void put(long offset, Verdict verdict, double pValue) {
        if (size * 2 >= offsets.length) {
            grow();
        }
        int slot = slot(offset);
        size += offsets[slot] == EMPTY ? 1 : 0;
        offsets[slot] = offset;
        verdicts[slot] = (byte) verdict.ordinal();
        pValues[slot] = pValue;
    }

    /** Returns the slot of an offset, -1 if it has no score. */
    int find(long offset) {
        int slot = slot(offset);
        return offsets[slot] == EMPTY ? -1 : slot;
    }

    Verdict verdict(int slot) {
        return VERDICTS[verdicts[slot]];
    }

    double pValue(int slot) {
        return pValues[slot];
    }

    private int slot(long offset) {
        int mask = offsets.length - 1;
        int slot = (int) ((offset * 0x9E3779B97F4A7C15L) >>> 32) & mask;
        while (offsets[slot] != EMPTY && offsets[slot] != offset) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldOffsets = offsets;
        double[] oldValues = pValues;
        byte[] oldVerdicts = verdicts;
        offsets = new long[2 * oldOffsets.length];
        Arrays.fill(offsets, EMPTY);
        pValues = new double[offsets.length];
        verdicts = new byte[offsets.length];
        for (int i = 0; i < oldOffsets.length; i++) {
            if (oldOffsets[i] != EMPTY) {
                int slot = slot(oldOffsets[i]);
                offsets[slot] = oldOffsets[i];
                pValues[slot] = oldValues[i];
                verdicts[slot] = oldVerdicts[i];
            }
        }
    }
}
