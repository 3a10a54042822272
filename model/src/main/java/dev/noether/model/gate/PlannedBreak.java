package dev.noether.model.gate;

/**
 * A break that is put into the rows of an entity.
 *
 * @param kind kind of the break
 * @param number number of the break among those of its kind
 * @param row index in the run of the first row that is replaced
 * @param rows the rows with the break, and those after it that are judged with it; {@code [count, features]}
 * @param count number of these rows
 */
record PlannedBreak(Kind kind, int number, int row, double[] rows, int count) {
    /** The kinds of breaks. */
    enum Kind {
        /** One to three values of a row are replaced by values of other times: each is normal on its own. */
        MIXED,
        /** All values of a row lie far outside of the range of the entity. */
        GROSS,
        /** A part of the signal is reversed in time: its values are normal, its shape is not. */
        REVERSED
    }
}
