package dev.noether.flink.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.model.artifact.ArtifactCodec;
import dev.noether.model.artifact.ArtifactException;
import dev.noether.schemas.ReleasedArtifact;
import java.io.IOException;
import java.net.URI;
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

    /** Whoever can write to the models topic chooses the address. */
    @Test
    void anAddressThatIsNoArtifactsIsRefusedUnread() throws Exception {
        byte[] bytes = {1, 2, 3};
        URI address = new ModelStore(folder.toUri()).write("fleet", 1, bytes);
        assertThat(ModelStore.fetch(artifact(address.toString(), bytes.length))).isEqualTo(bytes);
        assertThat(ModelStore.fetch(artifact(address.getPath(), bytes.length)))
                .as("early versions announced a path")
                .isEqualTo(bytes);

        Path secret = Files.write(folder.resolve("secret.txt"), bytes);
        Path link = Files.createSymbolicLink(folder.resolve("link.avro"), secret);
        Path directory = Files.createDirectory(folder.resolve("folder.avro"));
        String parent = address.toString().replace("/fleet/", "/fleet/../fleet/");
        for (String[] wrong : new String[][] {
            {secret.toUri().toString(), "an artifact's name ends with .avro"},
            {link.toString(), "it is no ordinary file"},
            {link.toUri().toString(), "it is no ordinary file"},
            {directory.toUri().toString().replaceFirst("/$", ""), "it is no ordinary file"},
            {parent, "it leads through a parent folder"},
            {parent.replace("..", "%2e%2e"), "it leads through a parent folder"},
        }) {
            assertThatThrownBy(() -> ModelStore.fetch(artifact(wrong[0], 3)))
                    .isInstanceOf(ArtifactException.class)
                    .hasMessage("its address " + wrong[0] + " is refused: " + wrong[1]);
        }
        assertThatThrownBy(() -> ModelStore.fetch(artifact("file:///dev/zero.avro", 3)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aHugeSizeIsRefusedBeforeMemoryIsAllocated() throws Exception {
        URI address = new ModelStore(folder.toUri()).write("fleet", 1, new byte[] {1, 2, 3});
        for (long announced : new long[] {Long.MAX_VALUE, Long.MIN_VALUE, -1, (1L << 28) + 1}) {
            assertThatThrownBy(() -> ModelStore.fetch(artifact(address.toString(), announced)))
                    .isInstanceOf(ArtifactException.class)
                    .hasMessageContaining("announced are " + announced);
        }
    }

    @Test
    void aCardIsWrittenInTheStoreOnly() throws Exception {
        ModelStore store = new ModelStore(folder.resolve("models").toUri());
        URI own = store.write("fleet", 1, new byte[] {1});
        store.writeCard(own.toString(), "card");
        String elsewhere = folder.resolve("other.avro").toUri().toString();
        assertThatThrownBy(() -> store.writeCard(elsewhere, "card"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not lie in the model store");
        assertThat(Files.exists(folder.resolve("other.avro" + ModelCard.SUFFIX)))
                .isFalse();
    }

    private static ReleasedArtifact artifact(String uri, long bytes) {
        return new ReleasedArtifact(uri, ArtifactCodec.hash(new byte[] {1, 2, 3}), bytes);
    }
}
