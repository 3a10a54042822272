package dev.noether.flink.release;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelStoreTest {
    @TempDir
    Path folder;

    @Test
    void aStoreThatCannotBeWrittenIsNamedWithTheReason() throws IOException {
        Path file = Files.createFile(folder.resolve("models"));
        ModelStore store = new ModelStore(file.toUri());
        assertThatThrownBy(() -> store.write("fleet", 1, new byte[] {1}))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("the model store " + file.toUri() + " cannot be written: ")
                .hasMessageContaining("FileAlreadyExistsException")
                .hasNoCause();
    }
}
