package dev.noether.model.training;

/** The history has fewer rows than the options require. */
public final class HistoryTooShortException extends TrainingRefusedException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param rows number of rows of all entities
     * @param minRows number of rows that are required
     */
    public HistoryTooShortException(long rows, long minRows) {
        super("the history has " + rows + " rows; a model needs at least " + minRows);
    }
}
