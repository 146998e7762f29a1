"""What must hold while processes are killed and people race: real processes, signed callbacks, real databases."""
