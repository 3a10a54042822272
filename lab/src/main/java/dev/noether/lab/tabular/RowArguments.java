package dev.noether.lab.tabular;

/** Checks of the rows that callers pass to the tabular detector. */
final class RowArguments {
    private RowArguments() {}

    static void requireRows(String name, float[] rows, int count, int features) {
        if (count < 1 || rows.length < (long) count * features) {
            throw new IllegalArgumentException("`%s` must hold at least one row of %d values (got %d rows, %d values)"
                    .formatted(name, features, count, rows.length));
        }
        for (int index = 0; index < count * features; index++) {
            if (!Float.isFinite(rows[index])) {
                throw new IllegalArgumentException("`%s` must be finite (got %s in row %d, feature %d)"
                        .formatted(name, rows[index], index / features, index % features));
            }
        }
    }
}
