package dev.noether.lab.peers;

/**
 * The windows of standardised training and test rows.
 *
 * @param training all full windows of the training rows
 * @param test one window for each test row, which ends with that row
 */
record StandardizedWindows(StackedRows training, StackedRows test) {
    /**
     * Standardises the rows by the training rows, and makes the windows.
     *
     * @param window rows of a window, at least 1
     * @throws IllegalArgumentException if the widths differ, or there are fewer training rows than one window has
     */
    static StandardizedWindows of(Observations train, Observations test, int window) {
        Standardization standardization = Standardization.fit(train, test);
        float[] trainRows = standardization.apply(train);
        return new StandardizedWindows(
                StackedRows.ofTraining(trainRows, train.width(), window),
                StackedRows.ofTest(trainRows, standardization.apply(test), test.width(), window));
    }
}
