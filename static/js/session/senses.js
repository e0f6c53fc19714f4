// Sound, vibration and voice of a session.

export class Senses {
  begin() {
    return this;
  }

  beat() {
    return this;
  }

  stop() {
    return this;
  }

  end() {
    return this;
  }
}
